"""设置: this seat's text size and printing, and the hall as it was set up."""
