"""Three invented people: the script that makes their logs, the logs, and what is true of them."""
