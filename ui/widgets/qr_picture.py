"""A QR code on the screen, large enough for a scanner or a telephone."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import px

QUIET, SIDE = 12, 132


class QrPicture(QWidget):
    """Black on white whatever the colours of the rest; hidden while there is nothing to show."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show the code of this text."""
        self.text = text
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        side = px(SIDE + 2 * QUIET)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        # The maker of codes is loaded when one is first seen.
        from desk.printing.codes import qr_boxes

        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self.text:
            return
        dots, boxes = qr_boxes(self.text, 1)
        module = max(1, (self.width() - 2 * px(QUIET)) // dots)
        edge = (self.width() - module * dots) // 2
        for left, top, width, height in boxes:
            place = (edge + left * module, edge + top * module, width * module, height * module)
            painter.fillRect(*place, QColor("black"))
