"""What the office can do: each verb opens its own transaction, and plain values come back."""
