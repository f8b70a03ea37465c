"""Words that need explaining, in plain English.

Shown on hover beside the heading where they are used.
"""

from __future__ import annotations

GLOSSARY: dict[str, str] = {
    "tracked day": (
        "A day on which you were logging. Only then does no cramp mean *no cramp*. Any other day is"
        " unknown, not zero."
    ),
    "legcare day": (
        "A day that starts in the morning (at 06:00 unless you change it). A cramp at 3 at night"
        " belongs to the day before, together with that evening."
    ),
    "95 % interval": (
        "The range that fits your data. If you could live this stretch many times over, about 95 in"
        " 100 such ranges would hold the true number. A wide range means: not much is known yet."
    ),
    "rate": "How many cramps a week, counted over tracked days only.",
    "trend": "Whether cramps become more or fewer as time goes on. It does not say why.",
    "association": (
        "Two things go up and down together. That does not show that one causes the other: both may"
        " follow a third thing."
    ),
    "times as many": "1 means no difference. 0.5 means half as many cramps, 2 means twice as many.",
    "lag": (
        "How many days lie between the one thing and the other. Massage is never compared with"
        " cramps of the same day: the cramp may have come first."
    ),
    "adjusted": (
        "What was taken out before comparing: slow ups and downs over months, the weekday and, for"
        " massage, the cramps of the days before."
    ),
    "confounder": (
        "A third thing that moves both. Hot days bring more walking and more thirst: without taking"
        " the heat out, thirst may get the blame."
    ),
    "no clear association": (
        "Your log cannot tell. It does not mean there is no effect: there may be too few days, or "
        "the effect may be too small to see."
    ),
    "smallest visible effect": (
        "The smallest difference that a log like yours would most likely (8 times in 10) have "
        "shown. Anything smaller would go unseen."
    ),
    "comparisons": (
        "Ask 20 questions of pure chance and about one looks like a finding. So the number "
        "of questions is shown."
    ),
    "q": (
        "p after allowing for how many questions were asked. With q of 0.05, about 1 in 20 such"
        " findings is false."
    ),
    "p": (
        "How often chance alone would show a difference at least this big. Small means: hard to"
        " explain by chance."
    ),
    "bout": (
        "Cramps less than 3 hours apart, or in the same night, are one bout: one spell, not many"
        " separate ones."
    ),
    "weekday": (
        "Each weekday's cramps against its tracked days, and whether they differ by more than"
        " shuffling the days of each week would show."
    ),
    "missing days": (
        "Days without a log. People often log the bad days, so the true number may be lower than"
        " shown."
    ),
    "naive": (
        "What many tools show: one correlation with a star. It counts unlogged days as zero and"
        " takes every day for a fresh start, so it finds far too much."
    ),
    "before and after": (
        "The rate before a date against the rate from that date on. Things change for many reasons"
        " at once, and bad spells end by themselves."
    ),
}


def hint(*terms: str) -> str:
    """The explanation of one or several terms, for a widget's or heading's hover text."""
    return "\n\n".join(f"**{term[:1].upper()}{term[1:]}**: {GLOSSARY[term]}" for term in terms)
