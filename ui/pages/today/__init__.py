"""The first page: what is due, whom to serve unasked, today's cases, the usual items."""
