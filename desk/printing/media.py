"""The media papers are printed on, by name; apart from their measures, which come with fonts and ReportLab."""

from typing import Literal

Medium = Literal["A4", "A5", "80mm", "58mm", "241", "241/2", "241/3"]
