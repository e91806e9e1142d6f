"""The county's pages: what was reported, receiving, conflicts and orders, windows, the catalogue."""
