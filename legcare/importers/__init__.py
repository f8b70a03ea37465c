"""Files in: bytes to records and problems. One module per format, one registry."""

from legcare.importers.result import Import, Problem, Summary

__all__ = ["Import", "Problem", "Summary"]
