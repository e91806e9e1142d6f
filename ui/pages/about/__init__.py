"""关于: which version this is, and every part of it with its licence."""
