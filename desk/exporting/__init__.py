"""Tables to files others can open: ids stay text, formulas stay text."""
