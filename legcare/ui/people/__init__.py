"""The page of a coach with several people."""
