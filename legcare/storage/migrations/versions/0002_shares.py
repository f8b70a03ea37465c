"""Shares, the doors they are found by, and a coach's comments."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _owner() -> "sa.Column[object]":
    return sa.Column("person_id", sa.Uuid, sa.ForeignKey("person.person_id", ondelete="CASCADE"), primary_key=True)


def upgrade() -> None:
    op.create_table(
        "share",
        _owner(),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("revoked_at", sa.DateTime),
        sa.Column("opened_at", sa.DateTime),
    )
    op.create_table(
        "door",
        sa.Column("door_key", sa.String(64), primary_key=True),
        _owner(),
        sa.Column("share_id", sa.Uuid, primary_key=True),
    )
    op.create_table(
        "comment",
        _owner(),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("share_id", sa.Uuid, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("door_by_person", "door", ["person_id"])
    if op.get_bind().dialect.name == "postgresql":
        own = "person_id = nullif(current_setting('legcare.person', true), '')::uuid"
        for table in ("share", "door", "comment"):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(f"CREATE POLICY own_rows ON {table} USING ({own})")
        # Who knows a key may learn which door it opens, and nothing else.
        op.execute(
            "CREATE POLICY by_key ON door FOR SELECT USING (door_key = nullif(current_setting('legcare.door', true), ''))"
        )


def downgrade() -> None:
    for table in ("comment", "door", "share"):
        op.drop_table(table)
