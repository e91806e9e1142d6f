"""Taking a case in: who, what, which papers, how it ends."""
