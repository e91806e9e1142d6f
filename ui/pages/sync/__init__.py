"""What goes to the county on a stick and what comes back."""
