"""What the system says of the seat: by D-Bus over a bus of its own, by Windows' messages as they are written down."""

import shutil
import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage

from ui.seat_signals import LOGIND, ON_SESSION_BUS, ON_SYSTEM_BUS, SeatSignals, is_gone, says_gone

SESSION = f"{LOGIND}.Session"


@pytest.mark.parametrize(
    ("name", "arguments", "gone"),
    [
        ("PrepareForSleep", [True], True),
        ("PrepareForSleep", [False], False),
        ("Lock", [], True),
        ("lock", [], True),
        ("ActiveChanged", [True], True),
        ("ActiveChanged", [False], False),
        ("PropertiesChanged", [SESSION, {"Active": False}, []], True),
        ("PropertiesChanged", [SESSION, {"Active": True}, []], False),
        ("PropertiesChanged", [SESSION, {"IdleHint": True}, []], False),
        ("PropertiesChanged", ["org.freedesktop.UPower", {"Active": False}, []], False),
        ("PropertiesChanged", [], False),
        ("Visible", [], False),
    ],
)
def test_what_a_signal_of_the_bus_says(name: str, arguments: list[object], gone: bool) -> None:
    assert says_gone(name, arguments) is gone


@pytest.mark.parametrize(
    ("message", "what", "gone"),
    [
        (0x02B1, 0x7, True),
        (0x02B1, 0x2, True),
        (0x02B1, 0x8, False),
        (0x0218, 0x4, True),
        (0x0218, 0x7, False),
        (0x0100, 0x7, False),
    ],
)
def test_what_a_message_of_windows_says(message: int, what: int, gone: bool) -> None:
    assert is_gone(message, what) is gone


@pytest.fixture
def bus() -> Iterator[QDBusConnection]:
    """A bus nobody else is on."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon here")
    words = [daemon, "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        yield QDBusConnection.connectToBus(address, "a bus of the test")
        QDBusConnection.disconnectFromBus("a bus of the test")
        running.terminate()


@pytest.mark.parametrize("signals", [ON_SYSTEM_BUS, ON_SESSION_BUS])
def test_signals_reach_it_over_a_bus(qtbot, bus, signals) -> None:
    seat = SeatSignals()
    seat.listen_on(bus, signals)
    interface, name = signals[0]
    for begins in (False, True):
        message = QDBusMessage.createSignal("/seat", interface, name)
        message.setArguments([begins])
        if begins:
            with qtbot.waitSignal(seat.gone):
                bus.send(message)
        else:
            with qtbot.assertNotEmitted(seat.gone):
                bus.send(message)
                bus.call(QDBusMessage.createMethodCall("org.freedesktop.DBus", "/", "", "GetId"))


def test_where_there_is_no_bus_nothing_is_said() -> None:
    SeatSignals().listen_on(QDBusConnection("no such bus"), ON_SYSTEM_BUS)
