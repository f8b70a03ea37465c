"""Phones and other devices that may add entries, openings of links, what of a comment is read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _owner() -> "sa.Column[object]":
    return sa.Column("person_id", sa.Uuid, sa.ForeignKey("person.person_id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "device",
        _owner(),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime),
        sa.Column("paired_at", sa.DateTime),
        sa.Column("used_at", sa.DateTime),
        sa.Column("revoked_at", sa.DateTime),
    )
    op.create_table(
        "opening",
        _owner(),
        sa.Column("share_id", sa.Uuid, primary_key=True),
        sa.Column("at", sa.DateTime, primary_key=True),
    )
    op.add_column("comment", sa.Column("read_at", sa.DateTime))
    if op.get_bind().dialect.name == "postgresql":
        own = "person_id = nullif(current_setting('legcare.person', true), '')::uuid"
        for table in ("device", "opening"):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_rows ON {table} USING ({own})")


def downgrade() -> None:
    op.drop_column("comment", "read_at")
    op.drop_table("opening")
    op.drop_table("device")
