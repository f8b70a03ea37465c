"""The Safety page, and the notices that the first screen raises."""
