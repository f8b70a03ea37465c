"""Files in: bytes to records and problems. One module per format, one registry."""

from legcare.importers.ladder import Part, Wanted, parts
from legcare.importers.reading import read, recognise, words_in
from legcare.importers.registry import Asked, Extract, Format, fallbacks, formats
from legcare.importers.result import Import, Problem, Summary
from legcare.importers.source import Cancelled, Peek, Progress, Source

__all__ = [
    "Asked",
    "Cancelled",
    "Extract",
    "Format",
    "Import",
    "Part",
    "Peek",
    "Problem",
    "Progress",
    "Source",
    "Summary",
    "Wanted",
    "fallbacks",
    "formats",
    "parts",
    "read",
    "recognise",
    "words_in",
]
