"""Who the three invented people are.

How often they cramp, what they do, and what truly acts on their cramps.

Rates, hours, places and durations follow published figures (see ``truth.json`` and the method
notes); the people do not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from legcare.records import Method, Muscle, Oil, Place, Side

LAST_DAY = date(2026, 11, 15)


@dataclass(frozen=True)
class Habit:
    """A factor as this person's days have it.

    ``mean``, ``sd``, day-to-day correlation ``rho``, ``ratio`` per SD.
    """

    factor: str
    mean: float
    sd: float
    step: float
    rho: float = 0.4
    ratio: float = 1.0
    lag: int = 0
    every: float = 0.93


@dataclass(frozen=True)
class Person:
    """Everything the simulation needs.

    ``ratio`` values are true rate ratios, 1 where nothing acts; ``massage_ratio`` is that of every
    cramp in the 24 h after a planned massage, by the clock.
    """

    key: str
    name: str
    about: str
    massage: str
    seed: int
    days: int
    zone: str
    per_day: float
    night: float
    clustering: float
    habits: tuple[Habit, ...]
    massage_share: float
    massage_ratio: float
    massage_after_cramp: float = 0.0
    relief_share: float = 0.0
    workout_days: tuple[int, ...] = ()
    load_ratio: float = 1.0
    methods: tuple[Method, ...] = (Method.HANDS,)
    oils: tuple[Oil | None, ...] = (None,)
    areas: tuple[Place, ...] = ()
    places: dict[Place, float] = field(default_factory=dict)
    eases: dict[str, float] = field(default_factory=dict)
    tender_ratio: float = 1.0
    soreness_eased: float = 0.0
    ankle_per_hour: float = 0.0
    away: tuple[tuple[int, int], ...] = ()
    journey: tuple[int, int, str] | None = None
    forgets: float = 0.03


def _legs(muscle: Muscle, left: float, right: float) -> dict[Place, float]:
    return {
        Place(muscle=muscle, side=Side.LEFT): left,
        Place(muscle=muscle, side=Side.RIGHT): right,
    }


LEFT_CALF, RIGHT_CALF = (Place(muscle=Muscle.CALF, side=side) for side in (Side.LEFT, Side.RIGHT))

RUNNER = Person(
    key="runner",
    name="The runner, 35",
    about=(
        "Runs four times a week, cramps mostly during and after long runs, massages with a roller"
        " about every other day. 400 days with a holiday without the log and a journey to New York."
    ),
    massage="For 24 hours after a planned massage about half as many cramps come.",
    seed=7,
    days=400,
    zone="Europe/Berlin",
    per_day=0.36,
    night=0.30,
    clustering=0.55,
    habits=(
        Habit("hydration_ml", 2300, 550, 50, rho=0.3, ratio=0.78),
        Habit("sleep_h", 7.2, 0.9, 0.25, rho=0.2),
        Habit("stress", 4.0, 1.8, 1, rho=0.5),
        Habit("magnesium_mg", 150, 120, 150, rho=0.3, every=0.6),
        Habit("temperature_c", 13, 7, 1, rho=0.85, every=0.97),
    ),
    massage_share=0.48,
    massage_ratio=0.55,
    relief_share=0.15,
    workout_days=(1, 3, 5, 6),
    load_ratio=1.45,
    methods=(Method.FOAM_ROLLER, Method.FOAM_ROLLER, Method.HANDS, Method.MASSAGE_BALL),
    oils=(None,),
    areas=(LEFT_CALF, RIGHT_CALF),
    places={
        **_legs(Muscle.CALF, 30, 23),
        **_legs(Muscle.HAMSTRING, 11, 14),
        **_legs(Muscle.QUADRICEPS, 9, 8),
        **_legs(Muscle.FOOT, 3, 2),
    },
    eases={"tension": 1.6},
    soreness_eased=1.1,
    ankle_per_hour=0.35,
    away=((150, 17),),
    journey=(230, 9, "America/New_York"),
)

DESK_WORKER = Person(
    key="desk",
    name="The desk worker, 48",
    about=(
        "Sits all day, cramps once or twice a week, has a massage now and then to unwind. 300 days,"
        " one in eight not logged."
    ),
    massage="Massage changes nothing about the cramps; poor sleep and stress go with them.",
    seed=11,
    days=300,
    zone="America/New_York",
    per_day=0.25,
    night=0.60,
    clustering=0.5,
    habits=(
        Habit("sleep_h", 6.6, 1.0, 0.25, rho=0.3, ratio=0.74),
        Habit("stress", 5.5, 2.0, 1, rho=0.5, ratio=1.35),
        Habit("hydration_ml", 1600, 450, 50, rho=0.3),
        Habit("caffeine_mg", 260, 110, 20, rho=0.2),
        Habit("alcohol_units", 1.2, 1.4, 0.5, rho=0.1),
        Habit("heaviness", 4.6, 1.7, 1, rho=0.4),
        Habit("steps", 5200, 2200, 1, rho=0.2),
    ),
    massage_share=0.34,
    massage_ratio=1.0,
    methods=(Method.PROFESSIONAL, Method.MASSAGE_GUN, Method.HANDS, Method.HANDS),
    oils=(Oil.PLAIN, Oil.ARNICA, Oil.MAGNESIUM, Oil.NONE),
    workout_days=(6,),
    areas=(LEFT_CALF, RIGHT_CALF),
    places={
        **_legs(Muscle.CALF, 38, 36),
        **_legs(Muscle.FOOT, 8, 8),
        **_legs(Muscle.HAMSTRING, 5, 5),
    },
    eases={"tension": 1.2, "stress": 1.9, "heaviness": 1.3},
    away=((90, 16),),
    forgets=0.08,
)

OLDER = Person(
    key="older",
    name="Night cramps, 68",
    about=("Woken by calf cramps every third night, massages the leg after a bad one. 300 days."),
    massage=(
        "Massage follows the cramps and changes nothing: a plain comparison would blame it. Sore"
        " spots under the hand foretell where the next cramp comes."
    ),
    seed=19,
    days=300,
    zone="Europe/Berlin",
    per_day=0.44,
    night=0.74,
    clustering=0.5,
    habits=(
        Habit("hydration_ml", 1500, 400, 100, rho=0.3, ratio=0.80),
        Habit("standing_h", 3.5, 1.4, 0.5, rho=0.3, ratio=1.22),
        Habit("magnesium_mg", 200, 140, 100, rho=0.4),
        Habit("sleep_quality", 5.0, 1.8, 1, rho=0.3),
        Habit("heaviness", 5.2, 1.6, 1, rho=0.5),
        Habit("stretch_min", 5, 5, 5, rho=0.4),
    ),
    massage_share=0.25,
    massage_ratio=1.0,
    massage_after_cramp=0.75,
    relief_share=0.35,
    methods=(Method.HANDS, Method.HANDS, Method.MASSAGE_STICK),
    oils=(Oil.PLAIN, Oil.MAGNESIUM, Oil.NONE),
    areas=(LEFT_CALF, RIGHT_CALF),
    places={
        **_legs(Muscle.CALF, 44, 34),
        **_legs(Muscle.FOOT, 7, 5),
        **_legs(Muscle.TOES, 2, 1),
        **_legs(Muscle.HAMSTRING, 4, 3),
    },
    eases={"tension": 1.4, "heaviness": 1.5},
    tender_ratio=2.6,
    away=((120, 15),),
)

PEOPLE = (RUNNER, DESK_WORKER, OLDER)
