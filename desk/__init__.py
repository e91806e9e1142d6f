"""The desk: rules, papers, packages and what the office can do; knows no window."""

VERSION = "0.1.0"
"""The same as in pyproject.toml."""
