"""Does massage help this person: one answer, by the clock, the same wherever it is quoted."""

from legcare.analysis.massage.answer import MassageAnswer, Nights, massage_answer, massage_nights
from legcare.analysis.massage.forecast import Forecast, Fortnight, forecast
from legcare.analysis.massage.rows import Scale

__all__ = [
    "Forecast",
    "Fortnight",
    "MassageAnswer",
    "Nights",
    "Scale",
    "forecast",
    "massage_answer",
    "massage_nights",
]
