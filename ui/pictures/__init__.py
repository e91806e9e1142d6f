"""Taking in scans and photos of materials, and looking at them: for the pages that do either."""
