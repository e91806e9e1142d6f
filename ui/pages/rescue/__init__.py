"""恢复: a file that does not open, and the backup that may take its place."""
