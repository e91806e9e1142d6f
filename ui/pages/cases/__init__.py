"""The list of cases, why each due date is what it is, and the ledger file."""
