"""The right card: how the chosen case's due date was counted."""

from PySide6.QtWidgets import QWidget

from desk.services.case_views import DueStory
from ui.widgets.cards import Card, label
from ui.widgets.due_date import DueStoryView
from ui.widgets.scrolling import scrolling
from ui.widgets.widths import side_width

NOBODY = "在左边选一件，这里写明它的期限是哪几天算出来的。"
WIDTH = 292


class DuePanel(Card):
    """期限是怎样算的."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("期限是怎样算的", parent=parent)
        self.setFixedWidth(side_width(WIDTH))
        self.who = label(NOBODY, "second", wrap=True)
        self.story = DueStoryView()
        self.body.addWidget(self.who)
        self.body.addWidget(scrolling(self.story), 1)

    def show_story(self, story: DueStory | None) -> None:
        """Show this story; None when no case is chosen."""
        self.who.setText(story.title if story else NOBODY)
        self.story.show_story(story)
