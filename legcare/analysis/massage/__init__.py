"""Does massage help this person: one answer, by the clock, the same wherever it is quoted."""

from legcare.analysis.massage.answer import MassageAnswer, Nights, massage_answer
from legcare.analysis.massage.rows import Scale

__all__ = ["MassageAnswer", "Nights", "Scale", "massage_answer"]
