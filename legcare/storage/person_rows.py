"""Statements of one person: the only place in legcare where statements on the tables are built.

How the code makes sure that no query can be written without a person: the rest of ``storage`` never
gets a connection, only ``PersonRows``, and these are made for one person. Their four methods
(select, insert, update, delete) take a table and conditions, and each of them adds ``person_id =
<this person>`` itself; none takes ready-made SQL. The one exception is ``ShareKey``: it is bound to
the hash of a link or of a coach's address, and can ask nothing but which shares that hash opens. A
test
reads the source of the package to see that no other module imports SQLAlchemy's statement makers,
and another listens to the engine to see that every statement on these tables carries the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, insert, select, update

from legcare.storage import tables

Values = Mapping[str, object]


class PersonRows:
    """Reads and writes rows of one person inside one transaction."""

    def __init__(self, connection: Connection, person_id: UUID) -> None:
        self._connection = connection
        self.person_id = person_id

    def select(
        self,
        table: Table,
        columns: Sequence[str],
        *where: ColumnElement[bool],
        newest_by: str | None = None,
        limit: int | None = None,
    ) -> Sequence[Row[tuple[object, ...]]]:
        """The named columns of this person's rows.

        ``newest_by`` sorts by that column, highest first.
        """
        query = (
            select(*(table.c[name] for name in columns))
            .where(self._owned(table), *where)
            .limit(limit)
        )
        if newest_by is not None:
            query = query.order_by(table.c[newest_by].desc())
        return self._connection.execute(query).all()

    def insert(self, table: Table, rows: Iterable[Values]) -> None:
        """Add rows, each with this person's id."""
        owned = [{**row, "person_id": self.person_id} for row in rows]
        if owned:
            self._connection.execute(insert(table), owned)

    def update(self, table: Table, values: Values, *where: ColumnElement[bool]) -> int:
        """Set values in this person's rows; returns how many rows there were."""
        return self._connection.execute(
            update(table).where(self._owned(table), *where).values(values)
        ).rowcount

    def delete(self, table: Table, *where: ColumnElement[bool]) -> int:
        """Delete this person's rows; returns how many there were."""
        return self._connection.execute(delete(table).where(self._owned(table), *where)).rowcount

    def _owned(self, table: Table) -> ColumnElement[bool]:
        return table.c.person_id == self.person_id


class ShareKey:
    """Reads what one key opens.

    The only statement bound to a key and not to a person, on a table of keys alone.
    """

    def __init__(self, connection: Connection, key: str) -> None:
        self._connection = connection
        self._key = key

    def shares(self) -> tuple[tuple[UUID, UUID], ...]:
        """Person and share of each link that the key opens."""
        keys = tables.share_key
        query = select(keys.c.person_id, keys.c.share_id).where(keys.c.door_key == self._key)
        return tuple((row.person_id, row.share_id) for row in self._connection.execute(query))
