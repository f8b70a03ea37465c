"""Two screens, one entry: what each changed is kept, and what both changed is asked about."""

from __future__ import annotations

from legcare.errors import BadRecord
from legcare.records import Record


class EditConflict(BadRecord):
    """The same fields of an entry were changed here and, meanwhile, elsewhere.

    ``fields`` are their names, ``stored`` the entry as it is kept now.
    """

    def __init__(self, fields: tuple[str, ...], stored: Record) -> None:
        super().__init__(
            "This entry was changed in another window meanwhile. Nothing was saved; reload the page"
            " to see how it stands now."
        )
        self.fields = fields
        self.stored = stored


def merged(new: Record, base: Record, stored: Record) -> Record:
    """``stored`` with what ``new`` changed of ``base``, the version that the edit began from.

    Raises ``EditConflict`` for fields that were changed differently on both sides.
    """
    if stored == base or type(stored) is not type(new):
        return new
    here = {name for name in type(new).model_fields if getattr(new, name) != getattr(base, name)}
    both = tuple(
        name
        for name in type(new).model_fields
        if name in here and getattr(stored, name) not in (getattr(base, name), getattr(new, name))
    )
    if both:
        raise EditConflict(both, stored)
    together = stored.model_copy(update={name: getattr(new, name) for name in here})
    return type(new).model_validate(together.model_dump())
