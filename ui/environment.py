"""What must stand in the environment before Qt starts."""

from collections.abc import MutableMapping
from pathlib import Path

OTHERS_CODE = (
    "PYTHON",
    "QT_PLUGIN_PATH",
    "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QML",
    "QT_QPA_GENERIC_PLUGINS",
)
"""How the variables begin that name folders and plug-ins from which code would be loaded."""


def prepare_environment(
    environ: MutableMapping[str, str], platform: str, *, built: bool = False
) -> None:
    """Settings that must stand before Qt starts; a `built` program loads no code from elsewhere, and its children neither.

    The wheels carry no fcitx plugin; fcitx answers the ibus protocol, so Chinese typing works through that one.
    Under Wayland the X server is preferred, as on the desktops this runs on.
    """
    if built:
        for name in [name for name in environ if name.upper().startswith(OTHERS_CODE)]:
            del environ[name]
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
