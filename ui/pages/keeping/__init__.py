"""到期删除: what was kept long enough, what is held, what was erased."""
