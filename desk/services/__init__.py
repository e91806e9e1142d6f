"""What the office can do: each verb opens its own session, and plain values come back."""
