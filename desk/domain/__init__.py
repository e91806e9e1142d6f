"""The rules of the desk in plain Python: no storage, no window, no clock, no file."""
