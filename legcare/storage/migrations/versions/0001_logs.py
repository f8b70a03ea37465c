"""Persons, records, changes and documents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _owner() -> "sa.Column[object]":
    return sa.Column("person_id", sa.Uuid, sa.ForeignKey("person.person_id", ondelete="CASCADE"), primary_key=True)


def _content() -> "list[sa.Column[object]]":
    return [
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("at_utc", sa.DateTime),
        sa.Column("utc_offset_s", sa.Integer),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "record",
        _owner(),
        sa.Column("id", sa.Uuid, primary_key=True),
        *_content(),
        sa.Column("change_id", sa.Uuid, nullable=False),
    )
    op.create_index("record_by_time", "record", ["person_id", "type", "at_utc"])
    op.create_index("record_by_change", "record", ["person_id", "change_id"])
    op.create_table(
        "change",
        _owner(),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("undone_at", sa.DateTime),
    )
    op.create_index("change_by_number", "change", ["person_id", "number"])
    op.create_table(
        "change_item",
        _owner(),
        sa.Column("change_id", sa.Uuid, primary_key=True),
        sa.Column("record_id", sa.Uuid, primary_key=True),
        sa.Column("change_before", sa.Uuid, nullable=False),
        *_content(),
    )
    op.create_table(
        "document",
        _owner(),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table in ("person", "record", "change", "change_item", "document"):
            op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            op.execute(
                f"CREATE POLICY own_rows ON {table} "
                "USING (person_id = nullif(current_setting('legcare.person', true), '')::uuid)"
            )


def downgrade() -> None:
    for table in ("document", "change_item", "change", "record", "person"):
        op.drop_table(table)
