"""Pictures that the program itself made, decoded with a limit, away from the window."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

MOST_MIB = 128
# A picture of text stays sharp as PNG; a large photo would pass the limit of a file.
MOST_AS_PNG = 2_000_000


def decoded(jpeg: bytes) -> QImage:
    """The image of a JPEG; a null one where it does not read. For workers."""
    data = QByteArray(jpeg)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setAllocationLimit(MOST_MIB)
    return reader.read()


def encoded(image: QImage) -> bytes:
    """A picture of the clipboard as the bytes of a file. For workers."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    small = image.width() * image.height() <= MOST_AS_PNG
    image.save(buffer, "PNG" if small else "JPEG", -1 if small else 92)  # type: ignore[call-overload]
    return bytes(data.data())
