"""The upload page: recognise, settle, preview, keep, undo."""

from legcare.ui.upload.columns import settle_columns
from legcare.ui.upload.keeping import former_imports, keep_button
from legcare.ui.upload.outcome import Outcome, show_outcome
from legcare.ui.upload.parts import GENERATION, Part, parts
from legcare.ui.upload.questions import choose_kind, open_questions
from legcare.ui.upload.sheet import show_sheet
from legcare.ui.upload.watching import limit_note, watched
from legcare.ui.upload.wording import settle_cell_words

__all__ = [
    "GENERATION",
    "Outcome",
    "Part",
    "choose_kind",
    "former_imports",
    "keep_button",
    "limit_note",
    "open_questions",
    "parts",
    "settle_cell_words",
    "settle_columns",
    "show_outcome",
    "show_sheet",
    "watched",
]
