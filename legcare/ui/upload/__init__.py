"""The upload page: recognise, settle, preview, keep, undo."""

from legcare.ui.upload.columns import settle_columns
from legcare.ui.upload.keeping import former_imports, keep_button
from legcare.ui.upload.outcome import Outcome, show_outcome
from legcare.ui.upload.parts import GENERATION, Part, parts
from legcare.ui.upload.watching import limit_note, watched

__all__ = [
    "GENERATION",
    "Outcome",
    "Part",
    "former_imports",
    "keep_button",
    "limit_note",
    "parts",
    "settle_columns",
    "show_outcome",
    "watched",
]
