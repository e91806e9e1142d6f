"""The frame's keys as data: what is bound, and what F1 lists."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One key of the window: `name` is what the window does, `keys` Qt's name of it, `cap` the clerk's."""

    name: str
    keys: str
    cap: str
    text: str


COMMANDS: tuple[Command, ...] = (
    Command("search", "Ctrl+K", "Ctrl K", "查人、查件、选事项"),
    Command("main", "F9", "F9", "本页的主要一步"),
    Command("print", "Ctrl+P", "Ctrl P", "打印"),
    Command("undo", "Ctrl+Z", "Ctrl Z", "撤销自己刚才这一步（没打印、没上报的）"),
    Command("back", "Esc", "Esc", "返回"),
    Command("help", "F1", "F1", "看本页怎么用"),
)

USUAL_PLACES = range(1, 10)


def usual_keys(place: int) -> str:
    """The key of a usual item."""
    return f"Alt+{place}"


def key_list(pages: Iterable[tuple[str, str]], *, usual: bool) -> str:
    """All keys, a line each, for F1: those of the pages first; `usual`: there are items by Alt and a digit."""
    own = [f"{key}　{label}" for key, label in pages]
    lines = [f"{command.cap}　{command.text}" for command in COMMANDS]
    return "\n".join([*own, *lines, *(["Alt 1 到 9　常用事项"] if usual else [])])
