"""空白表格: forms to be written on by hand."""
