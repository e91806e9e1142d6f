"""The desk: rules, papers, packages and what the office can do; knows no window."""
