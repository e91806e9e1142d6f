"""The process that opens strangers' photos, scans and PDFs: limits itself, answers with pictures made anew.

In: a request line in JSON and the file. Out: an answer line in JSON with `sizes`, then that many bytes of each result.
"""

import io
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from desk.importing.child import limit

if TYPE_CHECKING:
    from PIL.Image import Image

# The word by which the built program starts itself as this process.
WORD = "read-picture"
MODULE = "desk.importing.picture_child"
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
MAGIC = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
ENDS = {JPEG: b"\xff\xd9", PNG: b"\x00\x00\x00\x00IEND\xaeB`\x82"}
# So small that nobody reads an ID number in it: eighteen digits take four points each.
THUMB = 128
QUALITY = 85
A4 = (1654, 2339)
"""A sheet at 200 dots an inch."""
PLAIN = frozenset(
    [
        "dpi",
        "gamma",
        "chromaticity",
        "srgb",
        "interlace",
        "transparency",
        "aspect",
        "icc_profile",
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
        "adobe",
        "adobe_transform",
    ]
)
"""What Pillow tells of a picture that says nothing of who took it, where and when."""

Parts = tuple[dict[str, Any], tuple[bytes, ...]]


class Refused(Exception):
    """The file is not taken; the text is the code of the reason."""


def main() -> int:
    """Read the request and the file from standard input; write the answer. Always exits 0 when it can answer."""
    limit()
    wanted = json.loads(sys.stdin.buffer.readline())
    try:
        answer, results = answered(wanted, sys.stdin.buffer.read())
    except Refused as refused:
        answer, results = {"refused": str(refused)}, ()
    except MemoryError:
        answer, results = {"refused": "too_wide"}, ()
    except BaseException:
        # The readers are compiled code: they may raise what is no Exception.
        answer, results = {"refused": "damaged"}, ()
    answer["sizes"] = [len(one) for one in results]
    sys.stdout.buffer.write(b"".join((json.dumps(answer).encode(), b"\n", *results)))
    sys.stdout.buffer.flush()
    return 0


def answered(wanted: Mapping[str, Any], data: bytes) -> Parts:
    """`look`: the bytes to keep and a thumbnail. `show`: one page as a JPEG within a box. `paper`: all of it as a PDF of sheets.

    Raises:
        Refused: it is none of the three kinds, or passes a limit of the request.
    """
    kind = next((kind for magic, kind in MAGIC if data.startswith(magic)), "")
    if not kind:
        raise Refused("kind")
    match wanted["deed"]:
        case "look":
            return _looked_pdf(wanted, data) if kind == PDF else _looked(wanted, data, kind)
        case "show":
            return {}, (_as_jpeg(_page(wanted, data, kind, wanted["page"], wanted["box"])),)
        case _:
            return {}, (_paper(wanted, data, kind),)


def _looked(wanted: Mapping[str, Any], data: bytes, kind: str) -> Parts:
    picture = _opened(wanted, data, kind)
    whole = picture.size
    edge = int(wanted["long_edge"])
    if kind == JPEG:
        # The decoder itself makes it smaller, so that a large photo never stands in memory whole.
        picture.draft(None, (edge, edge))
    picture.load()
    as_it_is = len(data) <= wanted["keep_kib"] << 10 and max(whole) <= edge
    if not (as_it_is and _is_plain(picture, data, kind)):
        picture = _upright(picture, edge)
        data, kind = _as_jpeg(picture), JPEG
    return {"kind": kind, "pages": 1}, (data, _as_jpeg(_upright(picture, THUMB)))


def _is_plain(picture: "Image", data: bytes, kind: str) -> bool:
    """Whether there is nothing in the file but the picture: no place, time or make of camera, nothing behind its end."""
    segments = [
        name
        for name, body in getattr(picture, "applist", ())
        if name not in ("APP0", "APP14") and not (name == "APP2" and body[:11] == b"ICC_PROFILE")
    ]
    more = segments or getattr(picture, "private_chunks", []) or set(picture.info) - PLAIN
    return not more and not picture.getexif() and data.endswith(ENDS[kind])


def _looked_pdf(wanted: Mapping[str, Any], data: bytes) -> Parts:
    with_pages = _document(wanted, data)
    thumb = _as_jpeg(_rendered(with_pages, 0, THUMB))
    return {"kind": PDF, "pages": len(with_pages)}, (data, thumb)


def _opened(wanted: Mapping[str, Any], data: bytes, kind: str) -> "Image":
    """The picture with its size known and nothing of it decoded."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # the request says how many
    picture = Image.open(io.BytesIO(data), formats=("PNG",) if kind == PNG else ("JPEG",))
    width, height = picture.size
    if width * height > wanted["megapixels"] * 1_000_000:
        raise Refused("too_wide")
    return picture


def _upright(picture: "Image", edge: int) -> "Image":
    """The picture as it was held, at most `edge` long, on white."""
    from PIL import Image, ImageOps

    if picture.mode in ("P", "PA", "1"):
        picture = picture.convert("RGBA")
    # Small first: everything after it is done to a picture that is small enough.
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    made = ImageOps.exif_transpose(picture)
    if made.mode in ("I", "I;16", "F"):
        made = made.convert("L")
    if made.mode not in ("L", "RGB"):
        made = made.convert("RGBA")
        ground = Image.new("RGB", made.size, "white")
        ground.paste(made, mask=made.getchannel("A"))
        made = ground
    return made


def _as_jpeg(picture: "Image") -> bytes:
    made = io.BytesIO()
    # Nothing but the points goes in: Pillow would carry a comment over.
    picture.info = {}
    picture.save(made, "JPEG", quality=QUALITY)
    return made.getvalue()


def _page(wanted: Mapping[str, Any], data: bytes, kind: str, page: int, edge: int) -> "Image":
    if kind == PDF:
        return _rendered(_document(wanted, data), page, edge)
    picture = _opened(wanted, data, kind)
    if kind == JPEG:
        picture.draft(None, (edge, edge))
    return _upright(picture, edge)


def _document(wanted: Mapping[str, Any], data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD
        raise Refused("locked" if locked else "damaged") from error
    if not 0 < len(document) <= wanted["pdf_pages"]:
        raise Refused("pages" if len(document) else "damaged")
    return document


def _rendered(document: Any, index: int, edge: int) -> "Image":
    page = document[index]
    longest = max(*page.get_size(), 1.0)
    picture: Image = page.render(scale=edge / longest, may_draw_forms=False).to_pil()
    return _upright(picture, edge)


def _paper(wanted: Mapping[str, Any], data: bytes, kind: str) -> bytes:
    sheets = list(_sheets(wanted, data, kind))
    made = io.BytesIO()
    sheets[0].save(made, "PDF", resolution=200, save_all=True, append_images=sheets[1:])
    return made.getvalue()


def _sheets(wanted: Mapping[str, Any], data: bytes, kind: str) -> Iterator["Image"]:
    """Each page in the middle of a sheet, turned where it is wider than high."""
    from PIL import Image

    document = _document(wanted, data) if kind == PDF else None
    for page in range(len(document) if document is not None else 1):
        if document is not None:
            picture = _rendered(document, page, A4[1])
        else:
            picture = _page(wanted, data, kind, page, A4[1])
        if picture.width > picture.height:
            picture = picture.rotate(90, expand=True)
        picture.thumbnail(A4, Image.Resampling.LANCZOS)
        sheet = Image.new("L" if picture.mode == "L" else "RGB", A4, "white")
        sheet.paste(picture, ((A4[0] - picture.width) // 2, (A4[1] - picture.height) // 2))
        yield sheet
