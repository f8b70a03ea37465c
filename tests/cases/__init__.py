"""Small files of the kinds that people have, each with what is right beside it."""
