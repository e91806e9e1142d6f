"""Step 1: which hall and which window this is."""

from collections.abc import Sequence
from dataclasses import replace

from desk.domain.catalog import County
from desk.domain.fields import Choice, FieldDef
from desk.domain.text import half_width
from desk.errors import Problem
from desk.services.setup import HallProfile
from ui.pages.setup.steps import Step, summary_of, told
from ui.widgets.form_view import FormView

OTHER = "000000"
_DEFAULTS = HallProfile(county="", community_code="", community_name="", window=1)

_FIELDS = (
    FieldDef("county", "所在县区", "choice", required=True),
    FieldDef("street", "街道（镇）", "text"),
    FieldDef("community_name", "社区（村）名称", "text", required=True, help="如：池阳社区"),
    FieldDef("community_code", "统计用区划代码", "text", required=True, max_length=12),
    FieldDef("window", "窗口号", "int", required=True, help="同一大厅里每台电脑一个号"),
    FieldDef("phone", "咨询电话", "text", help="印在回执上"),
    FieldDef("hours", "办公时间", "text", help="印在告知书上"),
    FieldDef("address", "大厅地址", "text"),
)


class HallStep(Step):
    """The hall's form; the towns and the code's first digits follow the county."""

    def __init__(self, counties: Sequence[County]) -> None:
        super().__init__(
            1,
            "登记大厅",
            "这些会印在文书上，随上报包交县里。街道和代码请照公文写。",
            "下一步",
        )
        self._counties = {county.code: county for county in counties}
        self._filled_in = ""
        self.form = FormView(columns=2)
        self.form.show_fields(self._fields(""))
        self.form.show_values(
            {"window": "1", "hours": _DEFAULTS.hours, "county": next(iter(self._counties), "")}
        )
        self.form.changed.connect(self._follow)
        self.summary.chosen.connect(self.form.focus)
        self.body.addWidget(self.form)
        self._follow()

    def profile(self) -> HallProfile:
        """The hall as typed; a window number that is none is 0, which is refused with its sentence."""
        typed = {key: str(value or "").strip() for key, value in self.form.values().items()}
        number = half_width(typed["window"])
        return HallProfile(
            county=typed["county"],
            community_code=half_width(typed["community_code"]).replace(" ", ""),
            community_name=typed["community_name"],
            window=int(number) if number.isascii() and number.isdigit() else 0,
            street=self._town_name(typed["street"]),
            phone=typed["phone"],
            complaint_phone=_DEFAULTS.complaint_phone,
            hours=typed["hours"],
            address=typed["address"],
        )

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem beside its field and in the summary; nothing typed is lost."""
        labels = {field.key: field.label for field in _FIELDS}
        sentences = told(problems, labels)
        self.form.show_problems(sentences)
        self.summary.show_problems(summary_of(sentences, labels))
        if sentences:
            self.summary.take_focus()

    def _follow(self) -> None:
        values = self.form.values()
        county = str(values.get("county") or "")
        self.form.show_fields(self._fields(county))
        prefix = self._prefix(county, str(values.get("street") or ""))
        typed = str(values.get("community_code") or "")
        # Only what was filled in here is filled in anew; what the clerk types or deletes is left alone.
        if prefix != self._filled_in and typed in ("", self._filled_in):
            self.form.show_values({"community_code": prefix})
        self._filled_in = prefix

    def _fields(self, code: str) -> tuple[FieldDef, ...]:
        county = self._counties.get(code)
        choices = tuple(Choice(one.code, one.name) for one in self._counties.values())
        changed = {"county": {"choices": choices}}
        if county and county.towns:
            towns = tuple(Choice(town.code, town.name) for town in county.towns)
            changed["street"] = {"kind": "choice", "choices": towns}  # type: ignore[dict-item]
        prefix = self._prefix(code, "")
        hint = f"12 位，{county.name}的以 {prefix} 开头" if county and prefix else "12 位数字"
        changed["community_code"] = {"help": hint}  # type: ignore[dict-item]
        return tuple(
            replace(field, **changed.get(field.key, {}))  # type: ignore[arg-type]
            for field in _FIELDS
        )

    def _prefix(self, county: str, town: str) -> str:
        """The first digits a community's code has here: the town's nine, else the county's six."""
        if county in ("", OTHER):
            return ""
        return town[:9] if town.startswith(county) else county

    def _town_name(self, typed: str) -> str:
        towns = {town.code: town.name for one in self._counties.values() for town in one.towns}
        return towns.get(typed, typed)
