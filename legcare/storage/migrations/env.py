"""Alembic's entry.

The migrations run on the connection, and inside the transaction, that legcare hands over.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
