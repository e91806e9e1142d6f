"""One case: where it stands, what may be done now, what happened, its papers."""
