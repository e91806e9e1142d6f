"""A box over the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget


class Box(QDialog):
    """In the program's dress, over this window alone, gone when it was answered; Esc leaves everything as it is."""

    def __init__(self, window: QWidget, title: str) -> None:
        super().__init__(window, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setProperty("role", "question")
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
