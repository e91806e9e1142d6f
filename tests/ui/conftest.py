"""The application in its own dress for every test with widgets."""

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.startup import load_fonts


@pytest.fixture(scope="session")
def families(qapp: QApplication) -> list[str]:
    """The bundled fonts, loaded once."""
    return load_fonts("sans", "bold", "rare")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, families: list[str]) -> None:
    """Ordinary text size, whatever the test before chose."""
    if qapp.property("text_factor") != 1.0:
        qapp.setStyle("Fusion")
        theme.apply(qapp, families, large=False)
