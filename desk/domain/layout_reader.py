"""Reads layouts from their TOML files, strictly: every slip of the pen is named before anything prints."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, TypeVar

from desk.domain.catalog_nodes import REQUIRED, Node, defaults, words
from desk.domain.layouts import GAP, WHEN, BoxAt, CodeAt, Element, Layout, LineAt, RingAt, TextAt
from desk.errors import CatalogRejected

E = TypeVar("E", bound=Element)
# No sheet that a desk's printer takes is wider or longer, in millimetres.
LONGEST_SIDE: Final = 450.0
SMALLEST_TYPE, LARGEST_TYPE = 5.0, 60.0
MOST_PAGES: Final = 4
MM: Final = 72 / 25.4
# A line of type is this much higher than its size.
LEADING: Final = 1.2


def read_layouts(
    sources: Mapping[str, bytes], gaps: Mapping[str, Collection[str]]
) -> dict[str, Layout]:
    """The layouts in files named `…/<name>.toml`, by name.

    `gaps` tells which names a layout may have in its gaps: by the code of its item, or by its own name where it has none.
    Raises CatalogRejected naming every fault as `file: path: what；可填：allowed`.
    """
    faults: list[str] = []
    found = {}
    for file, data in sources.items():
        name = file.rsplit("/", 1)[-1].removesuffix(".toml")
        try:
            parsed = tomllib.loads(data.decode("utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as damage:
            faults.append(f"{file}: {damage}")
            continue
        found[name] = _layout(name, Node(file, "", parsed, faults), gaps)
    if faults:
        raise CatalogRejected(faults)
    return found


def _layout(name: str, node: Node, gaps: Mapping[str, Collection[str]]) -> Layout:
    width, height = (_mm(node, side, least=20, most=LONGEST_SIDE) for side in ("width", "height"))
    item = node.text("item", "")
    if item and item not in gaps:
        node.fault("item", f"没有事项“{item}”", "事项编码")
    allowed = frozenset(gaps.get(item or name, ()))
    if not item and name not in gaps:
        node.fault("item", "缺少，文件名也不是已有的版式", "、".join(sorted(gaps)))
    read = _Reader(width, height, allowed)
    layout = Layout(
        name=name,
        title=node.text("title"),
        width=width,
        height=height,
        elements=read.elements(node),
        item=item,
        example=node.yes_no("example", False),
        note=node.text("note", ""),
    )
    node.finish()
    return layout


class _Reader:
    """Reads the elements of one layout, whose measures and allowed gaps it knows."""

    def __init__(self, width: float, height: float, allowed: Collection[str]) -> None:
        self._width, self._height, self._allowed = width, height, allowed

    def elements(self, node: Node) -> tuple[Element, ...]:
        kinds: Mapping[str, Callable[[Node], Element]] = {
            "box": self._box,
            "line": self._line,
            "text": self._text,
            "ring": self._ring,
            "code": self._code,
        }
        found = []
        for key, read in kinds.items():
            for child in node.nodes(key, []):
                found.append(read(child))
                child.finish()
        return tuple(found)

    def _text(self, node: Node) -> TextAt:
        default = defaults(TextAt)
        one = TextAt(
            **self._place(node),
            text=self._template(node),
            size=_mm(node, "size", default["size"], SMALLEST_TYPE, LARGEST_TYPE),
            floor=_mm(node, "floor", default["floor"], SMALLEST_TYPE, LARGEST_TYPE),
            align=node.word("align", words(TextAt, "align"), default["align"]),
            fit=node.word("fit", words(TextAt, "fit"), default["fit"]),
            label=node.text("label", ""),
            when=self._when(node, ""),
            **{key: node.yes_no(key, False) for key in ("bold", "fixed", "rule", "top")},
        )
        gaps = GAP.findall(one.text)
        if gaps and one.fixed:
            node.fault("fixed", "预印的文字里不能有空格", "false")
        if gaps and not one.label:
            node.fault("label", "缺少，写不下时要另页注明", "文字")
        if one.h * MM < one.floor * LEADING:
            node.fault("h", f"{one.h:g} 放不下一行字", f"{one.floor * LEADING / MM:.1f} 以上")
        return one

    def _line(self, node: Node) -> LineAt:
        return LineAt(**self._place(node, least=0), **_flags(node, dashed=False, fixed=True))

    def _box(self, node: Node) -> BoxAt:
        return BoxAt(**self._place(node), **_flags(node, dashed=False, fixed=True))

    def _ring(self, node: Node) -> RingAt:
        return RingAt(**self._place(node), when=self._when(node, REQUIRED))

    def _code(self, node: Node) -> CodeAt:
        return CodeAt(
            **self._place(node),
            kind=node.word("kind", words(CodeAt, "kind")),
            text=self._template(node),
            **_flags(node, fixed=False),
        )

    def _place(self, node: Node, least: float = 0.5) -> dict[str, Any]:
        x, y = (_mm(node, key, most=LONGEST_SIDE) for key in ("x", "y"))
        w, h = (_mm(node, key, least=least, most=LONGEST_SIDE) for key in ("w", "h"))
        for key, end, side in (("w", x + w, self._width), ("h", y + h, self._height)):
            if end > side + 0.01:
                node.fault(key, f"到 {end:g} 毫米，超出纸边", f"{side:g} 以内")
        page = node.whole("page", 1, MOST_PAGES)
        if not page:
            node.fault("page", "0 超出范围", f"1 到 {MOST_PAGES}")
        return {"x": x, "y": y, "w": w, "h": h, "page": page}

    def _template(self, node: Node) -> str:
        text = node.text("text")
        for name in GAP.findall(text):
            self._known(node, "text", name)
        return text

    def _when(self, node: Node, default: object) -> str:
        when = node.text("when", default)
        parts = WHEN.fullmatch(when)
        if when and parts is None:
            node.fault("when", f"“{when}”读不懂", "名、名=值、名!=值")
        elif parts:
            self._known(node, "when", parts[1])
        return when

    def _known(self, node: Node, key: str, name: str) -> None:
        if name not in self._allowed:
            node.fault(key, f"没有“{name}”", "、".join(sorted(self._allowed)))


def _flags(node: Node, **default: bool) -> dict[str, Any]:
    return {key: node.yes_no(key, value) for key, value in default.items()}


def _mm(
    node: Node, key: str, default: Any = REQUIRED, least: float = 0.0, most: float = LONGEST_SIDE
) -> float:
    """A number of millimetres or points; where there is none or a wrong one, a fault and the least."""
    value = node.raw(key)
    if value is None and default is not REQUIRED:
        return float(default)
    if value is None:
        node.fault(key, "缺少", "数")
    elif isinstance(value, bool) or not isinstance(value, int | float):
        node.fault(key, f"“{value}”类型不对", "数")
    elif not least <= value <= most:
        node.fault(key, f"{value:g} 超出范围", f"{least:g} 到 {most:g}")
    else:
        return float(value)
    return float(least)
