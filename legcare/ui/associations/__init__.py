"""The Associations page."""
