"""The county's catalogue: what is in force, what a new one changes, which dates moved."""
