"""The Today page and the night screen."""
