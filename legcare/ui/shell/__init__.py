"""What stands around every page: who is view, the menu, saving, the server."""
