"""受理: one visit from the card on the reader to the paper in the visitor's hand."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtGui import QFocusEvent

from desk.changes import Changes
from desk.services import requests
from desk.services.views import DraftRow, IntakeValues, PersonValues
from ui.pages.intake.drafts import DraftKeeper, DraftOffer
from ui.pages.intake.ending import Ending
from ui.pages.intake.layout import CHOOSE, DONE, FILL, IntakeLayout
from ui.pages.intake.live_view import LiveView
from ui.pages.intake.lookups import Lookups
from ui.pages.intake.pictures import DraftPictures
from ui.papers import PaperDesk
from ui.printers import Printers, SystemPrinters
from ui.shell import Shell
from ui.widgets.page_frame import PageFrame


class IntakePage(PageFrame):
    """Collects `IntakeValues`, shows what the rules make of them, ends the intake by one key."""

    help_text = (
        "刷身份证或输入证件号，认识的人会自动带出。Alt 加数字选常用事项，或输拼音首字母。\n"
        "回车到下一格；材料按空格勾选，Alt A 全部收齐；Alt D 填代办人。\n"
        "F9 按右下角的蓝色按钮；没办完的会自动存成草稿。"
    )

    def __init__(self, shell: Shell, printers: Printers | None = None) -> None:
        super().__init__()
        self._shell = shell
        self._item_code = ""
        self._beginning = False
        self._request: UUID | None = None
        self.parts = IntakeLayout(shell)
        self.body.addWidget(self.parts)
        self.papers = PaperDesk(shell, printers or SystemPrinters(), self)
        self.pictures = DraftPictures(shell, lambda: self.parts.item.pictures, self)
        self.live = LiveView(shell, self.parts, self.papers, self.values)
        self.drafts = DraftKeeper(shell, self.values, self)
        self.ending = Ending(
            shell,
            self.parts,
            self.live,
            self.papers,
            self.values,
            lambda: self.drafts.draft_id,
            lambda: self.pictures.busy,
        )
        self.lookups = Lookups(shell, self.parts)
        self.offer = DraftOffer(shell, self.parts.left_behind, self.drafts)
        parts = self.parts
        parts.changed.connect(self._changed)
        parts.left.connect(self.live.leave)
        parts.item_chosen.connect(self.choose)
        parts.item.other_item.connect(self._other_item)
        parts.chooser.blank_wanted.connect(lambda code: shell.go("blank_forms", item_code=code))
        parts.paper.medium_changed.connect(self.live.draw_paper)
        parts.paper.consulted.connect(lambda: self.lookups.count_consultation(self._item_code))
        parts.done.next_visitor.connect(self.next_visitor)
        parts.done.another.connect(self._another)
        self.offer.taken_up.connect(self.take_up)
        self.lookups.known.connect(self._changed)
        self.pictures.changed.connect(self._changed)
        self.pictures.settled.connect(self.ending.go_on)
        self.live.drawn.connect(self._begin_item)
        self.ending.ended.connect(self.drafts.drop)
        self.ending.ended.connect(self.banner.clear)
        # What was typed stands there still: it is as if the item had just been chosen for it.
        self.ending.taken_back.connect(lambda: self.choose(self._item_code))

    # What the window asks of a page

    def opened(self, **facts: object) -> None:
        """Begin with an item, a known person, a number, a draft or a request; without any go on where the clerk was."""
        request = facts.get("request_id")
        draft_id, person_id = facts.get("draft_id"), facts.get("person_id")
        item_code, id_no = str(facts.get("item_code") or ""), str(facts.get("id_no") or "")
        if isinstance(draft_id, int):
            # The one being typed here stands as it is: what is saved of it may be older.
            if draft_id != self.drafts.draft_id:
                self.offer.open(draft_id)
        elif isinstance(request, UUID):
            self._shell.read(
                requests.begin,
                on_done=lambda told: self.start(told.item_code, None, told.person.id_no, told),
                request_id=request,
            )
        elif isinstance(person_id, UUID) or id_no:
            self.start(item_code, person_id if isinstance(person_id, UUID) else None, id_no)
        elif item_code and self.isVisible() and self.parts.stage() != DONE:
            self.choose(item_code)
        elif item_code:
            self.start(item_code)

    def refresh(self) -> None:
        """Read the items and what was left behind; what is typed stays."""
        self.lookups.read_items()
        self.offer.ask()

    def wants(self, changes: Changes) -> bool:
        """Nothing that other pages do changes what is being typed here."""
        return changes.settings or changes.rules

    def main_action(self) -> None:
        if self.parts.stage() == DONE:
            self.next_visitor()
        elif self.parts.stage() == FILL:
            self.parts.paper.ends.press_main()

    def print_action(self) -> None:
        self.ending.print_paper()

    def usual(self, place: int) -> bool:
        codes = self._shell.office.catalog.usual
        if place <= len(codes):
            self.opened(item_code=codes[place - 1])
        return place <= len(codes)

    def go_back(self) -> bool:
        ends = self.parts.paper.ends
        return self.pictures.shut() or ends.close_panel() or super().go_back()

    def put_away(self) -> None:
        self.drafts.keep()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.parts.take_focus()

    # Beginning

    def start(
        self,
        item_code: str = "",
        person_id: UUID | None = None,
        id_no: str = "",
        told: IntakeValues | None = None,
    ) -> None:
        """A new visit; what was being typed is kept as a draft. `told` is what a resident wrote of himself before."""
        self.drafts.leave()
        self.ending.forget(visit=True)
        self._show_values(told or IntakeValues(person=PersonValues(id_no=id_no)))
        if id_no:
            self.lookups.look_up(id_no)
        if person_id is not None:
            self.lookups.open_person(person_id)
        if item_code:
            self.choose(item_code)
        else:
            self.parts.take_focus()

    def next_visitor(self) -> None:
        """F9 after an end: everything empty, ready for the next card."""
        self.start()
        self.offer.ask()

    def take_up(self, row: DraftRow) -> None:
        """Go on with a draft that was left behind."""
        self.drafts.leave()
        self.drafts.take_over(row.id)
        self.ending.forget(visit=True)
        self._show_values(row.values)
        self.lookups.look_up(row.values.person.id_no)
        if row.values.item_code:
            self._beginning = True
            self.parts.go_to(FILL)
            self.pictures.be_for(self._item_code)
            self.live.ask()

    def choose(self, code: str) -> None:
        """This item for the person shown."""
        self._item_code = code
        self._beginning = self.parts.applicant.person.is_filled()
        self.live.forget(same_person=True)
        self.parts.go_to(FILL)
        self.pictures.be_for(code)
        self.drafts.touch()
        self.live.ask()
        if not self._beginning:
            self.parts.take_focus()

    def _begin_item(self) -> None:
        # The first answer to a chosen item: its fields are there now.
        if self._beginning:
            self._beginning = False
            self.parts.take_focus()

    def _another(self) -> None:
        person, agent = self.parts.applicant.values()
        kept = IntakeValues(person=person, agent=agent, person_id=self.parts.applicant.person_id)
        self.ending.forget(visit=False)
        self._show_values(kept)
        self.lookups.look_up(person.id_no)
        self.parts.chooser.start()

    def _other_item(self) -> None:
        self._item_code = ""
        self.live.forget(same_person=True)
        self.parts.go_to(CHOOSE)
        self.parts.chooser.start()

    # What is typed

    def values(self) -> IntakeValues:
        """Everything typed and ticked so far."""
        typed = replace(self.parts.values(self._item_code), pictures=self.pictures.kept)
        if self._request is None:
            return typed
        return replace(typed, request_id=self._request, channel=requests.CHANNEL)

    def _show_values(self, values: IntakeValues) -> None:
        self._item_code = values.item_code
        self._request = values.request_id
        self.banner.clear()
        self.parts.left_behind.hide()
        self.parts.show_values(values)
        self.pictures.show(values.pictures)
        self.live.forget()

    def _changed(self) -> None:
        self.drafts.touch()
        self.parts.left_behind.hide()
        if self._item_code:
            self.live.touch()
        else:
            self.live.look_at_number()
