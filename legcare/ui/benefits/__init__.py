"""What the benefits page and the safety page show."""
