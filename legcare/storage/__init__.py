"""Where logs live: SQLAlchemy tables and one Logbook speaking in records."""
