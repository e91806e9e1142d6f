"""The media papers are printed on, by name, and what a calibration page is measured by; their measures come with fonts and ReportLab."""

from typing import Literal

Medium = Literal["A4", "A5", "80mm", "58mm", "241", "241/2", "241/3"]

MARK = 20
"""Where the cross of a calibration page is meant to be, in mm from the left and from the top edge of the paper."""
