"""Who may see what: grants, redaction, the read-only view."""
