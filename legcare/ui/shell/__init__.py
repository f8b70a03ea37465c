"""What stands around every page: who is looking, the menu, saving, the server."""
