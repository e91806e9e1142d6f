"""安全模式: the program broke off twice; look, back up, restore, tell a technician, or start as usual."""
