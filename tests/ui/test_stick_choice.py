"""Which stick or folder is taken, by itself and by hand."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox

from ui.widgets.drives import Drive, removable, room
from ui.widgets.stick_choice import NONE, OTHER, StickChoice

KINGSTON = "KINGSTON"


def choice(qtbot) -> StickChoice:
    made = StickChoice()
    qtbot.addWidget(made)
    return made


def test_sizes_as_people_say_them():
    assert room(15_247_000_000) == "14.2 GB"
    assert room(300 << 20) == "300 MB"


def test_the_disks_of_this_computer_are_no_sticks():
    assert Path("/") not in {drive.path for drive in removable()}


def test_a_stick_is_chosen_by_itself_and_goes_when_it_is_pulled(qtbot, tmp_path):
    made = choice(qtbot)
    assert (made.folder(), made.combo.currentText()) == (None, NONE)
    made.show_drives([Drive(tmp_path, KINGSTON, 15_247_000_000)])
    assert made.folder() == tmp_path
    assert made.combo.currentText().startswith("U 盘 KINGSTON")
    made.show_drives([])
    assert made.folder() is None


def test_a_stick_comes_before_the_folder_of_last_time(qtbot, tmp_path):
    made = choice(qtbot)
    made.remember(str(tmp_path / "last"))
    assert made.folder() == tmp_path / "last"
    made.show_drives([Drive(tmp_path, KINGSTON, 1 << 30)])
    assert made.folder() == tmp_path


def test_a_folder_chosen_by_hand_stays(qtbot, tmp_path):
    made = choice(qtbot)
    made.use(tmp_path / "own")
    made.show_drives([Drive(tmp_path, KINGSTON, 1 << 30)])
    assert made.folder() == tmp_path / "own"


def test_another_folder_is_asked_for(qtbot, tmp_path):
    made = choice(qtbot)
    made.use(tmp_path)
    asked: list[bool] = []
    made.other_asked.connect(lambda: asked.append(True))
    made.combo.setCurrentText(OTHER)
    made.combo.activated.emit(made.combo.currentIndex())
    assert asked == [True]
    assert made.folder() == tmp_path


def test_the_sentence_that_asks_for_a_stick_is_read_whole(qtbot):
    """However narrow its place is made."""
    made = choice(qtbot)
    made.show()
    made.resize(made.minimumSizeHint())
    field = made.combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        options_of(made.combo),
        QStyle.SubControl.SC_ComboBoxEditField,
        made.combo,
    )
    assert field.width() >= made.combo.fontMetrics().horizontalAdvance(NONE)


def options_of(combo: QComboBox) -> QStyleOptionComboBox:
    """As it is drawn now."""
    told = QStyleOptionComboBox()
    told.initFrom(combo)
    told.rect = combo.rect()  # type: ignore[attr-defined] # the stubs leave it out
    return told


def test_one_of_two_sticks_is_chosen_and_the_asking_sentence_is_none(qtbot, tmp_path):
    made = choice(qtbot)
    chosen: list[str] = []
    made.chosen.connect(chosen.append)
    made.combo.activated.emit(0)
    assert (made.folder(), chosen) == (None, [])
    sticks = [Drive(tmp_path / name, name, 1 << 30) for name in "ab"]
    made.show_drives(sticks)
    made.combo.setCurrentIndex(1)
    made.combo.activated.emit(1)
    assert (made.folder(), chosen) == (tmp_path / "b", [str(tmp_path / "b")])
