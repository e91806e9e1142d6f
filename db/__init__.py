"""Rows on disk; knows no rules."""
