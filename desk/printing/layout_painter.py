"""Draws a filled layout at its places: the whole paper, or only the values onto pre-printed stock (套打)."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from desk.domain.layouts import BoxAt, CodeAt, FilledLayout, LineAt, RingAt, TextAt
from desk.printing.codes import bar_boxes, qr_boxes
from desk.printing.fitted_text import LEADING, fit_text
from desk.printing.fonts import UNKNOWN, Faces, faces
from desk.printing.page import BASELINE, MM, SHEETS, Box, Flow, Letters, Page
from desk.printing.painter import paint
from desk.printing.text_runs import wrap

# Codes are measured in dots, eight a millimetre.
DOTS = 8
NOTE_SIDE = 15 * MM
NOTES_HEAD = "{title}（续页）"
NOTE = "注 {number}　{label}：{text}"

Notes = list[tuple[str, str]]


def render_layout(
    filled: FilledLayout,
    *,
    only_values: bool = False,
    dx: float = 0.0,
    dy: float = 0.0,
    background: bytes | tuple[bytes, ...] | None = None,
    fonts: Path | None = None,
) -> bytes:
    """The PDF of a filled layout; the same layout gives the same bytes.

    `only_values` leaves out what pre-printed stock bears. `dx` and `dy` move everything, in millimetres to the right and
    down. `background` is a scan of the blank (PNG or JPEG, one a page) to lie behind while places are measured on the screen;
    never for print. What does not fit in its box follows in full as a numbered note on a further page. Raises ValueError for
    bars that do not fit, OSError for a background that is no picture, and as `desk.fonts.font_file`.
    """
    loaded = faces(fonts)
    with loaded.lock:
        pages = lay_out(filled, loaded, only_values=only_values, dx=dx, dy=dy)
        pictures = (background,) if isinstance(background, bytes) else background or ()
        for page, picture in zip(pages, pictures, strict=False):
            page.picture = picture
        return paint(pages, filled.layout.width * MM, filled, loaded)


def unprintable_in(texts: Iterable[str], fonts: Path | None = None) -> tuple[str, ...]:
    """The characters of `texts` that no bundled font has, each once; they print as boxes."""
    loaded = faces(fonts)
    with loaded.lock:
        chars = dict.fromkeys("".join(texts))
        return tuple(c for c in chars if c != "\n" and loaded.regular.font[c] == UNKNOWN)


def lay_out(
    filled: FilledLayout, loaded: Faces, *, only_values: bool, dx: float, dy: float
) -> list[Page]:
    """The pages of the layout and after them those of its notes, not yet drawn."""
    layout = filled.layout
    pages = [Page(height=layout.height * MM) for _ in range(layout.pages)]
    notes: Notes = []
    for one in filled.elements:
        moved = replace(one, x=one.x + dx, y=one.y + dy)
        page = pages[one.page - 1]
        match moved:
            case TextAt():
                _text(page, moved, loaded, notes, only_values=only_values)
            case RingAt():
                page.rings.append(_box(moved))
            case _:
                if not (only_values and moved.fixed):
                    _shape(page, moved)
    return pages + (_note_pages(filled, notes, loaded) if notes else [])


def _text(page: Page, one: TextAt, loaded: Faces, notes: Notes, *, only_values: bool) -> None:
    left, top, width, height = _box(one)
    if one.rule and not only_values:
        page.lines.append((left, top + height, left + width, top + height))
    if not one.text or (only_values and one.fixed):
        return
    face = loaded.bold if one.bold else loaded.regular
    told = (one.label, one.text)
    fitted = fit_text(one, face, notes.index(told) + 1 if told in notes else len(notes) + 1)
    if not fitted.whole and told not in notes:
        notes.append(told)
    size = fitted.size
    lead = size * LEADING
    if not one.top:
        top += (height - size - (len(fitted.lines) - 1) * lead) / 2
    for number, line in enumerate(fitted.lines):
        spare = width - face.width(line, size)
        x = left + {"left": 0.0, "center": spare / 2, "right": spare}[one.align]
        baseline = top + number * lead + size / 2 + BASELINE * size
        page.letters.append(Letters(x, baseline, line, size, one.bold))


def _shape(page: Page, one: LineAt | BoxAt | CodeAt) -> None:
    left, top, width, height = _box(one)
    match one:
        case LineAt():
            lines = page.dashes if one.dashed else page.lines
            lines.append((left, top, left + width, top + height))
        case BoxAt(dashed=False):
            page.frames.append((left, top, width, height))
        case BoxAt():
            right, bottom = left + width, top + height
            page.dashes += [(left, top, right, top), (left, bottom, right, bottom)]
            page.dashes += [(left, top, left, bottom), (right, top, right, bottom)]
        case _:
            room, high = round(one.w * DOTS), round(one.h * DOTS)
            qr = one.kind == "qr"
            _, boxes = qr_boxes(one.text, room) if qr else bar_boxes(one.text, room, high)
            across, down = round(one.x * DOTS), round(one.y * DOTS)
            page.ink += [(across + x, down + y, wide, tall) for x, y, wide, tall in boxes]


def _box(one: TextAt | RingAt | LineAt | BoxAt | CodeAt) -> Box:
    return one.x * MM, one.y * MM, one.w * MM, one.h * MM


def _note_pages(filled: FilledLayout, notes: Notes, loaded: Faces) -> list[Page]:
    """What did not fit in its box, in full, on pages of the same size."""
    layout = filled.layout
    sheet = replace(
        SHEETS["A4"],
        width=layout.width * MM,
        height=layout.height * MM,
        side=NOTE_SIDE,
        top=NOTE_SIDE,
        bottom=NOTE_SIDE,
    )
    flow = Flow(sheet, loaded, on_turn=lambda: _notes_head(flow, filled))
    _notes_head(flow, filled)
    for number, (label, text) in enumerate(notes, 1):
        told = NOTE.format(number=number, label=label, text=text)
        for line in wrap(told, loaded.regular, sheet.text, sheet.inner):
            if not flow.fits(sheet.lead):
                flow.turn()
            flow.write(line, sheet.side, sheet.text, height=sheet.lead)
            flow.y += sheet.lead
        flow.y += sheet.gap
    return flow.pages


def _notes_head(flow: Flow, filled: FilledLayout) -> None:
    sheet = flow.sheet
    for text in (NOTES_HEAD.format(title=filled.title), filled.number):
        for line in wrap(text, flow.faces.regular, sheet.small, sheet.inner) if text else ():
            flow.write(line, sheet.side, sheet.small, height=sheet.lead)
            flow.y += sheet.lead
    flow.y += sheet.gap
