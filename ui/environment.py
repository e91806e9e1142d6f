"""What must stand in the environment before Qt starts."""

from collections.abc import MutableMapping
from pathlib import Path


def prepare_environment(environ: MutableMapping[str, str], platform: str) -> None:
    """Settings that must stand before Qt starts.

    The wheels carry no fcitx plugin; fcitx answers the ibus protocol, so Chinese typing works through that one.
    Under Wayland the X server is preferred, as on the desktops this runs on.
    """
    if not platform.startswith("linux"):
        return
    if environ.get("QT_IM_MODULE", "").startswith(("fcitx", "xim")) and not _has_fcitx_plugin():
        environ["QT_IM_MODULE"] = "ibus"
    if environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"):
        environ.setdefault("QT_QPA_PLATFORM", "xcb;wayland")


def _has_fcitx_plugin() -> bool:
    from PySide6.QtCore import QLibraryInfo

    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    return any((plugins / "platforminputcontexts").glob("*fcitx*"))
