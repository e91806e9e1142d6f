"""Taking everything out of a layout that is filled anew."""

from PySide6.QtWidgets import QLayout


def empty(layout: QLayout) -> None:
    """Take out whatever lies in the layout; its widgets leave the screen at once, not only when Qt lets them go."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
