"""Photos, scans and PDFs as people bring them, and as nobody should."""

import io
import struct
import time
import zlib

from PIL import Image, ImageDraw

PLACE_TAKEN, TURNED = 0x8825, 0x0112


def photo(
    size: tuple[int, int] = (640, 480),
    colour: str = "#d8c7a0",
    *,
    camera: bool = False,
    form: str = "JPEG",
) -> bytes:
    """A picture with something drawn on it; `camera`: with the place it was taken at and the way it was held beside it."""
    made = Image.new("RGB", size, colour)
    ImageDraw.Draw(made).rectangle((8, 8, size[0] // 2, size[1] // 3), fill="#204060")
    beside = Image.Exif()
    if camera:
        beside[TURNED] = 6
        beside[PLACE_TAKEN] = {1: "N", 2: (34.0, 36.0, 51.0)}
        beside[0x010F] = "Phone of somebody"
    out = io.BytesIO()
    made.save(out, form, **({"exif": beside} if camera else {}))
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    """A scanned document of so many pages."""
    sheets = [Image.new("RGB", (420, 594), (250, 250 - 9 * n % 90, 240)) for n in range(pages)]
    out = io.BytesIO()
    when = time.gmtime(0)
    sheets[0].save(
        out, "PDF", save_all=True, append_images=sheets[1:], creationDate=when, modDate=when
    )
    return out.getvalue()


def png_saying(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are a picture of this size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        told = name + body
        return struct.pack(">I", len(body)) + told + struct.pack(">I", zlib.crc32(told))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(200_000))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    )


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
HTML = b"<!DOCTYPE html><html><body><img src=x onerror=alert(1)></body></html>"
HOSTILE = {
    "svg": (SVG, "kind"),
    "html": (HTML, "kind"),
    "a gif": (b"GIF89a" + bytes(40), "kind"),
    "a program": (b"MZ" + bytes(200), "kind"),
    "nothing": (b"", "empty"),
    "a png of a thousand million points": (png_saying(40_000, 40_000), "too_wide"),
    "a png cut in the middle": (photo(form="PNG")[:-200], "damaged"),
    "a jpeg cut in the middle": (photo((1200, 900))[:2000], "damaged"),
    "a jpeg of noise": (b"\xff\xd8\xff" + bytes(range(256)) * 8, "damaged"),
    "a pdf of noise": (b"%PDF-1.7\n" + bytes(range(256)) * 8, "damaged"),
    "a pdf cut in the middle": (pdf()[:900], "damaged"),
    "a pdf of too many pages": (pdf(51), "pages"),
}
