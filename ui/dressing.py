"""The application in its dress: style, fonts, and Qt's own few words in Chinese."""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from desk.errors import OfficeError
from desk.paths import font_cache
from ui import theme
from ui.host import TITLE

if TYPE_CHECKING:
    from logging import Logger


def make_app() -> QApplication:
    """The application in its dress, with the one font the first paint needs."""
    # Before the application is made: afterwards it would be the second style, and cost 8 ms.
    QApplication.setStyle("Fusion")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("bianmin")
    app.setApplicationDisplayName(TITLE)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    theme.apply(app, first_font(), large=False)
    return app


def first_font() -> list[str]:
    """The families of the sans font left in the cache by an earlier start; it is checked after the first paint.

    The very first start unpacks it now, which takes a tenth of a second.
    """
    for path in font_cache().glob("sans-*.ttf"):
        if families := QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(path))
        ):
            return families
    return load_fonts("sans")


def load_fonts(*names: str) -> list[str]:
    """Hand bundled fonts to Qt; returns all families. One that cannot be unpacked is left to the system's."""
    from desk.fonts import font_families, font_file

    for name in names:
        try:
            QFontDatabase.addApplicationFont(str(font_file(name)))
        except OfficeError:
            log().info("font %s is not to be had", name)
    return list(font_families())


def translate(app: QApplication) -> None:
    """Qt's own few words (copy, paste, the file dialogs) in Chinese."""
    from PySide6.QtCore import QLibraryInfo, QTranslator

    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def log() -> "Logger":
    """The logger; `logging` costs the first paint 10 ms, so it is loaded when there is something to say."""
    import logging

    return logging.getLogger("bianmin.startup")
