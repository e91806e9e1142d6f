"""校准: print a page, measure where its cross came to stand, type two numbers."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desk.domain.text import half_width
from desk.printing.media import MARK
from desk.services.printers import FARTHEST, PrinterProfile
from desk.words.printing import MEDIA
from ui.theme import mark, px
from ui.widgets.buttons import button
from ui.widgets.cards import label

FAR = "量到的数要在 0 到 40 毫米之间，如 19.5。差得再多，请看看纸放正了没有、纸张选对了没有。"


class CalibrationPanel(QFrame):
    """Gives back the profile with the offsets that bring the cross to its place."""

    page_asked = Signal(object)
    """Print the page as this `PrinterProfile` is set now."""
    kept = Signal(object)
    """The `PrinterProfile` with new offsets."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "banner")
        self.setProperty("tone", "plain")
        self.profile: PrinterProfile | None = None
        self.title = label("", "strong", wrap=True)
        self.now = label("", "second", wrap=True)
        self.problem = label("", "problem", wrap=True)
        self.left, self.top = QLineEdit(), QLineEdit()
        self.left.setAccessibleName("十字中心离纸左边多少毫米")
        self.top.setAccessibleName("十字中心离纸上边多少毫米")
        self.top.returnPressed.connect(self.keep)
        self._lay_out()

    def ask(self, profile: PrinterProfile) -> None:
        """Calibrate this printer with this medium."""
        self.profile = profile
        printer = profile.printer or "每次选的打印机"
        self.title.setText(f"校准：{printer}，{MEDIA[profile.medium]}")
        self.now.setText(_moved(profile))
        for editor in (self.left, self.top):
            editor.setText(f"{MARK}")
            mark(editor, "problem", "")
        self.problem.hide()
        self.show()
        self.left.setFocus(Qt.FocusReason.OtherFocusReason)
        self.left.selectAll()

    def keep(self) -> None:
        """Take the two numbers; says which cannot be."""
        if self.profile is None:
            return
        measured = tuple(_number(editor.text()) for editor in (self.left, self.top))
        for editor, number in zip((self.left, self.top), measured, strict=True):
            mark(editor, "problem", "true" if number is None else "")
        x, y = measured
        if x is None or y is None:
            self.problem.setText(FAR)
            self.problem.show()
            return
        # The page itself was printed with the offsets so far.
        dx, dy = self.profile.dx + MARK - x, self.profile.dy + MARK - y
        self.hide()
        self.kept.emit(replace(self.profile, dx=dx, dy=dy))

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(px(8))
        numbers.addWidget(button("打一张校准页", self._print))
        for words, editor in (("十字离左边", self.left), ("毫米，离上边", self.top)):
            editor.setFixedWidth(px(72))
            numbers.addWidget(label(words))
            numbers.addWidget(editor)
        numbers.addWidget(label("毫米"))
        numbers.addWidget(button("保存", self.keep, role="primary"))
        numbers.addStretch(1)
        numbers.addWidget(button("关上", self.hide, role="quiet"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(6))
        for part in (self.title, self.now):
            column.addWidget(part)
        column.addLayout(numbers)
        column.addWidget(self.problem)

    def _print(self) -> None:
        if self.profile is not None:
            self.page_asked.emit(self.profile)


def _number(typed: str) -> float | None:
    """Millimetres as read off a ruler; None for what no ruler says."""
    try:
        number = float(half_width(typed).strip())
    except ValueError:
        return None
    return number if abs(number - MARK) <= FARTHEST else None


def _moved(profile: PrinterProfile) -> str:
    if not profile.dx and not profile.dy:
        return f"现在没有调过。先打一张校准页，用尺子量十字中心；都是 {MARK} 毫米就不用调。"
    across = f"向{'右' if profile.dx > 0 else '左'} {abs(profile.dx):g} 毫米" if profile.dx else ""
    down = f"向{'下' if profile.dy > 0 else '上'} {abs(profile.dy):g} 毫米" if profile.dy else ""
    return f"现在已调：{'，'.join(filter(None, (across, down)))}。再打一张看看还偏不偏。"
