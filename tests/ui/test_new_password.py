"""A password that is due is changed before the window opens; nothing else can be reached until then."""

from desk import keyring
from desk.clock import FixedClock
from desk.paths import OfficePaths
from desk.services import operators
from tests.builders import MONDAY, PASSWORD, consent, make_office
from ui.pages.new_password import DIFFERS, WHY, NewPasswordPage
from ui.pages.sign_in import SignInPage
from ui.startup import Start

GIVEN, OWN = PASSWORD + "once", "泾河南岸新栽的杨树林a1"


def test_a_password_for_one_time_is_changed_on_the_way_in(qtbot, qapp, tmp_path):
    made = make_office(tmp_path)
    keyring.prove_recovery(tmp_path, made.recovery_key)
    operators.new_password(
        made.office,
        operator_id=made.operator_id,
        password=GIVEN,
        approved_by=consent(made.office),
    )
    made.office.close()
    start = Start(qapp, OfficePaths(tmp_path), FixedClock(MONDAY))
    qtbot.addWidget(start.host)
    start.show()
    page = start.host.centralWidget()
    assert isinstance(page, SignInPage)
    page.password.setText(GIVEN)
    page.submit()
    qtbot.waitUntil(lambda: isinstance(start.host.centralWidget(), NewPasswordPage), timeout=20_000)
    asked = start.host.centralWidget()
    assert isinstance(asked, NewPasswordPage)
    assert start.window is None
    assert WHY["once"].startswith("刚才用的是别人给你的")
    asked.old.setText(GIVEN)
    asked.new.setText(GIVEN)
    asked.submit()
    assert asked.problem.text() == DIFFERS
    asked.again.setText(GIVEN)
    asked.submit()
    qtbot.waitUntil(lambda: asked.problem.text() == "新密码和原来的一样，请换一个。")
    for line in (asked.new, asked.again):
        line.setText(OWN)
    asked.old.setText(OWN)
    asked.submit()
    qtbot.waitUntil(lambda: "对不上" in asked.problem.text())
    asked.old.setText(GIVEN)
    opened: list[object] = []
    start.opened.connect(lambda: opened.append(start.window))
    with qtbot.waitSignal(start.opened, timeout=20_000):
        asked.submit()
        asked.submit()
    assert opened == [start.window]
    assert start.window is not None
    start.close()
