"""台账: what goes to each department, of when, and when it last went."""
