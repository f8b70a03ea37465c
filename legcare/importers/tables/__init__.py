"""Spreadsheets of any make: open, propose what each column is, read into records.

``open_tables(name, data)`` gives the tables of a file, ``propose(table, remembered)`` a mapping
with its reasons and doubts, ``read_table(table, mapping, zone=..., known=...)`` an ``Import``.
"""

from legcare.importers.cells.dates import Order
from legcare.importers.tables.mapping import Doubt, Kind, TableMapping, Use, fields_of, label_of
from legcare.importers.tables.opening import open_tables
from legcare.importers.tables.propose import propose
from legcare.importers.tables.read import read_table
from legcare.importers.tables.scales import in_unit, scaled, unclear
from legcare.importers.tables.spans import propose_spans
from legcare.importers.tables.table import Table, fingerprint
from legcare.importers.tables.wording import Word, options_for, words_of

__all__ = [
    "Doubt",
    "Kind",
    "Order",
    "Table",
    "TableMapping",
    "Use",
    "Word",
    "fields_of",
    "fingerprint",
    "in_unit",
    "label_of",
    "open_tables",
    "options_for",
    "propose",
    "propose_spans",
    "read_table",
    "scaled",
    "unclear",
    "words_of",
]
