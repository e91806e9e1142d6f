"""Timings side by side in one run: `python start.py bench`."""
