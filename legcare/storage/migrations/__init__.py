"""The history of the schema, one Alembic revision per step, for SQLite and PostgreSQL alike."""
