"""What an import did to the documents beside the log, so that its undo takes that back too."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_document",
        sa.Column("person_id", sa.Uuid, sa.ForeignKey("person.person_id", ondelete="CASCADE"), primary_key=True),
        sa.Column("change_id", sa.Uuid, primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("body_before", sa.Text),
        sa.Column("body_after", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE change_document ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE change_document FORCE ROW LEVEL SECURITY")
        op.execute(
            "CREATE POLICY own_rows ON change_document "
            "USING (person_id = nullif(current_setting('legcare.person', true), '')::uuid)"
        )


def downgrade() -> None:
    op.drop_table("change_document")
