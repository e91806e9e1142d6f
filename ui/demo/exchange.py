"""To the county and back by stick: keys, registration, packages, acknowledgement."""

from PySide6.QtCore import Qt

from desk import keyring
from desk.exchange.keys import SealingPair
from desk.paths import OfficePaths
from desk.services import hub, hub_answer, hub_desks, sign_in
from desk.services.office import Office
from ui.demo.hall import COUNTY_NAME, COUNTY_OPERATOR, COUNTY_PASSWORD, HALL
from ui.demo.morning import Morning

Key = Qt.Key


def the_county_hands_out_its_key(morning: Morning) -> None:
    """At the county: `bianmin hub init`; the key file comes on the stick."""
    made = hub.create(
        OfficePaths(morning.folder.county),
        code=HALL.county,
        name=COUNTY_NAME,
        operator_name=COUNTY_OPERATOR,
        password=COUNTY_PASSWORD,
        clock=morning.clock,
        recovery=SealingPair.generate().public_half,
    )
    try:
        # Typed back from the paper, as the window would ask for it.
        keyring.prove_recovery(morning.folder.county, made.recovery_key)
        hub.write_public_key(made.office, folder=morning.folder.stick)
    finally:
        made.office.close()


def keys_are_exchanged(morning: Morning) -> None:
    """The county's key in, this window's registration out."""
    hands, stick = morning.hands, morning.folder.stick
    morning.wait_minutes(10)
    hands.click("同步")
    hands.wait_for("第 1 步")
    morning.take("同步-第一次")
    morning.chosen.next = next(stick.glob("county-*"))
    hands.press(Key.Key_F9)
    hands.wait_for("第 2 步")
    morning.take("同步-六个词")
    morning.chosen.next = stick
    hands.press(Key.Key_F9)
    hands.wait_for("写到 U 盘")


def the_county_registers_the_window(morning: Morning) -> None:
    """At the county: the six words were compared by telephone, `bianmin hub enrol`."""
    office = _county(morning)
    try:
        for file in sorted(morning.folder.stick.glob("desk-*")):
            hub_desks.enrol(office, path=file)
    finally:
        office.close()


def the_package_is_written(morning: Morning) -> None:
    """F9: sealed, written, read back."""
    hands = morning.hands
    morning.wait_minutes(5)
    morning.take("同步-要上报的")
    hands.press(Key.Key_F9)
    hands.wait_for("可以拔出 U 盘了")
    morning.take("同步-已写到U盘")


def the_county_receives(morning: Morning) -> None:
    """At the county: `bianmin hub receive`; the acknowledgement lies beside the package."""
    morning.wait_minutes(30)
    office = _county(morning)
    try:
        hub_answer.receive(office, folder=morning.folder.stick, tell=lambda _one: None)
    finally:
        office.close()


def the_answer_is_read(morning: Morning) -> None:
    """接收: the package is acknowledged."""
    hands = morning.hands
    hands.click("接收")
    hands.wait_for("收了")
    morning.take("同步-已回执")


def _county(morning: Morning) -> Office:
    paths = OfficePaths(morning.folder.county)
    (who,) = sign_in.operators(paths)
    return sign_in.sign_in(paths, operator_id=who.id, password=COUNTY_PASSWORD, clock=morning.clock)
