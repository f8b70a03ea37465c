"""What columns are called and what cells say, in English, German, French and Spanish: said once."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from legcare.importers.cells.cell import plain_words
from legcare.records import (
    BUILT_IN,
    DESCRIBED,
    Activity,
    Context,
    Factor,
    Hindrance,
    MarkKind,
    Method,
    Muscle,
    Oil,
    Position,
    Pressure,
    Reason,
    Relief,
    Side,
    WorkoutKind,
)


def words_in(spoken: str) -> tuple[str, ...]:
    """Words that stand in one text, parted by commas."""
    return tuple(word.strip() for word in spoken.split(","))


WHEN: dict[str, tuple[str, ...]] = {
    "at": words_in(
        "at, when, datetime, date time, date and time, timestamp, time stamp, moment, occurred,"
        " occurred at, start, start time, started, begin, beginn, zeitpunkt, datum uhrzeit, datum"
        " zeit, datum und uhrzeit, horodatage, date et heure, date heure, fecha y hora, fecha hora,"
        " created, logged at, start date"
    ),
    "end": words_in(
        "end, end time, ended, finish, finished, stop, until, ende, fin, hora fin, end date, bis"
    ),
    "date": words_in(
        "date, day, datum, tag, jour, fecha, dia, calendar date, date of cramp, date of massage, "
        "night of"
    ),
    "time": words_in(
        "time, time of day, clock, uhrzeit, zeit, heure, hora, clock time, time of cramp, hour, o"
        " clock"
    ),
}
NIGHT: dict[str, tuple[str, ...]] = {
    "asleep": words_in(
        "bedtime, bed time, bed, went to bed, to bed, time to bed, in bed at, lights out, fell"
        " asleep, fell asleep at, asleep at, sleep start, sleep onset, sleep from, sleep began,"
        " sleep begin, schlafenszeit, zu bett, ins bett, eingeschlafen, schlaf von, schlafbeginn,"
        " coucher, heure de coucher, endormissement, acostarse, hora de acostarse, me acoste"
    ),
    "awake": words_in(
        "wake time, waketime, waking time, wake up time, wake up, woke up, woke up at, woke at,"
        " woke, got up, got up at, up at, out of bed, rise time, rose, sleep end, sleep until,"
        " sleep to, aufwachzeit, aufgewacht, aufgestanden, schlaf bis, schlafende, lever, heure de"
        " lever, reveil, heure de reveil, despertar, hora de despertar, levantarse, hora de"
        " levantarse, me levante"
    ),
}
FIELDS: dict[str, tuple[str, ...]] = {
    **WHEN,
    **NIGHT,
    "side": words_in(
        "side, leg, which leg, left right, l r, bein, seite, cote, jambe, lado, pierna, body side"
    ),
    "muscle": words_in(
        "muscle, where, place, location, body part, muscle group, muskel, ort, stelle, wo, lieu, "
        "endroit, "
        "musculo, lugar, zona, area, site, region, muscle site"
    ),
    "severity": words_in(
        "severity, pain, intensity, strength, how bad, pain level, pain score, cramp severity, "
        "nrs, vas, "
        "starke, schmerz, schmerzen, intensitat, schwere, douleur, intensite, dolor, intensidad, "
        "gravedad, pain intensity, score, level, rating, cramp rating, schmerzstarke, starke 0 10, "
        "bewertung, how strong, note douleur"
    ),
    "minutes": words_in(
        "minutes, duration, length, how long, mins, min, dauer, lange, duree, duracion, minuten, "
        "duration minutes, duration min, time spent, moving time, elapsed time, minutos, lasted"
    ),
    "woke_me": words_in(
        "woke me, woke, woken, woke up, wake, awakened, awake, aufgewacht, geweckt, reveille, "
        "desperto, me desperto, woke me up, did it wake you"
    ),
    "sleep_disturbance": words_in(
        "sleep disturbance, disturbed sleep, sleep disturbed, schlafstorung, sleep impact"
    ),
    "context": words_in(
        "context, activity, situation, doing, during, what were you doing, circumstances, position,"
        " umstand, aktivitat, activite, actividad, contexte, contexto"
    ),
    "sore_after": words_in(
        "sore after, sore afterwards, soreness after, muskelkater danach, danach wund, "
        "sore next day"
    ),
    "relief": words_in(
        "relief, what helped, helped, remedy, treatment, relieved by, hilfe, was half, geholfen, "
        "soulagement, remede, alivio, remedio, action taken"
    ),
    "note": words_in(
        "note, notes, comment, comments, remark, remarks, memo, description, notiz, notizen,"
        " bemerkung, bemerkungen, kommentar, remarque, remarques, commentaire, nota, notas,"
        " comentario, observaciones"
    ),
    "method": words_in(
        "method, tool, massage type, technique, kind of massage, how, methode, gerat, technik,"
        " outil, metodo, herramienta, type of massage, device"
    ),
    "reason": words_in(
        "reason, why, purpose, grund, anlass, warum, raison, motif, razon, motivo, massage reason"
    ),
    "oil": words_in(
        "oil, cream, lotion, gel, ol, creme, salbe, huile, aceite, crema, oil or cream"
    ),
    "areas": words_in(
        "areas, area, muscle, where, place, location, body part, muscles, massaged, massaged areas,"
        " body parts, where massaged, bereiche, zones, zonas"
    ),
    "tender": words_in(
        "tender, tender spots, sore spots, trigger points, druckpunkte, tender points, "
        "points sensibles"
    ),
    "tension_before": words_in(
        "tension before, tightness before, spannung vorher, tension avant, tension antes"
    ),
    "tension_after": words_in(
        "tension after, tightness after, spannung nachher, tension apres, tension despues"
    ),
    "stress_before": words_in("stress before, stress vorher, stress avant, estres antes"),
    "stress_after": words_in("stress after, stress nachher, stress apres, estres despues"),
    "heaviness_before": words_in(
        "heaviness before, heavy before, schwere vorher, lourdeur avant, pesadez antes"
    ),
    "heaviness_after": words_in(
        "heaviness after, heavy after, schwere nachher, lourdeur apres, pesadez despues"
    ),
    "kind": words_in(
        "kind, sport, workout, workout type, activity type, exercise type, exercise, type,"
        " sportart, training, activite, deporte, ejercicio, discipline, session type"
    ),
    "effort": words_in(
        "effort, rpe, exertion, perceived exertion, anstrengung, effort percu, esfuerzo, intensity,"
        " how hard"
    ),
    "distance_km": words_in(
        "distance, distance km, km, kilometers, kilometres, miles, distanz, strecke, entfernung,"
        " distancia, dist"
    ),
    "temperature_c": words_in("temperature, temp, temperatur, temperatura, outside temperature"),
    "pressure": words_in("pressure, druck, pression, presion"),
    "near": words_in("near cramp, nearly, almost, beinahe, fast"),
    "position": words_in("position, lage, body position"),
    "sore_hours": words_in("sore hours, hours sore, sore for"),
    "relief_text": words_in("relief text"),
    "doing": words_in("doing"),
    "half": words_in("am pm, ampm, a m p m, am/pm"),
    "what": words_in(
        "what, type, event, event type, kind of entry, entry, category, entry type, art, was,"
        " ereignis, eintrag, typ, kategorie, quoi, evenement, categorie, que, tipo, evento,"
        " categoria, journal name, habit, habit name, name, activity, title, tracker"
    ),
    "answer": words_in(
        "answer, done, yes no, happened, value, completed, status, antwort, erledigt, ja nein"
    ),
    "dose": ("dose",),
    "name": ("name",),
    "id": ("id",),
    "source": ("source",),
    "created_at": ("created at",),
    "first_day": words_in("first day, from, start day, von, de, desde"),
    "last_day": words_in("last day, to, until, end day, bis, jusqu a, hasta"),
    "factor": words_in(
        "factor, measure, metric, variable, parameter, messgrosse, name, item, what, quantity"
    ),
    "value": words_in("value, amount, reading, wert, valeur, valor, result, menge"),
    "cramp_count": words_in(
        "cramps, cramp, number of cramps, cramp count, cramps count, cramps tonight, "
        "cramps last night, "
        "any cramps, had cramp, leg cramps, leg cramp, krampfe, krampf, anzahl krampfe, "
        "wadenkrampfe, "
        "wadenkrampf, crampes, crampe, calambres, calambre, nb crampes, numero de calambres"
    ),
    "massage_minutes": words_in(
        "massage, massage min, massage minutes, massage duration, massage minuten, masaje, "
        "masaje min, minutes of massage"
    ),
}
YES = frozenset(
    words_in(
        "yes, y, true, t, 1, x, ja, j, wahr, oui, o, vrai, si, s, verdadero, ✓, ✔, on, 1 0, woke"
    )
)
NO = frozenset(words_in("no, n, false, f, 0, nein, falsch, non, faux, falso, ✗, ✘, off, 0 0, none"))
SEVERITIES: dict[str, float] = {
    **dict.fromkeys(words_in("none, no pain, keine, aucune, ninguno, nothing"), 0.0),
    **dict.fromkeys(
        words_in("very mild, very light, slight, sehr leicht, tres legere, muy leve"), 1.0
    ),
    **dict.fromkeys(
        words_in("mild, light, low, weak, leicht, schwach, legere, leger, faible, leve, ligero"),
        3.0,
    ),
    **dict.fromkeys(
        words_in(
            "moderate, medium, average, mittel, massig, moderee, modere, moyen, moderado, medio"
        ),
        5.0,
    ),
    **dict.fromkeys(
        words_in(
            "severe, strong, bad, high, stark, heftig, schwer, forte, fort, severo, fuerte, intense"
        ),
        8.0,
    ),
    **dict.fromkeys(
        words_in("very severe, very strong, very bad, sehr stark, tres forte, muy fuerte, extreme"),
        9.0,
    ),
    **dict.fromkeys(
        words_in("worst, unbearable, worst imaginable, unertraglich, insupportable, insoportable"),
        10.0,
    ),
}


def _choices(enum: type[StrEnum], **spoken: str) -> dict[str, str]:
    said = {plain_words(word): str(word) for word in enum} | {
        plain_words(word.name): str(word) for word in enum
    }
    said |= {plain_words(str(getattr(word, "label", word))): str(word) for word in enum}
    for word, synonyms in spoken.items():
        said |= {plain_words(synonym): enum[word.upper()].value for synonym in synonyms.split(",")}
    return said


_EXERCISE = (
    (r"swim|schwimm|natation|nataci|nuoto|\bsim\b|svøm", WorkoutKind.SWIM),
    (r"ride|cycl|bik|\brad|fahrrad|vélo|velo|cicli|bici|cykel|spinning", WorkoutKind.RIDE),
    (
        r"\brun|jog|\blauf|laufen|course|correr|carrera|corsa|corrida|l[øö]b|l[øö]pning|treadmill"
        r"|hardlopen",
        WorkoutKind.RUN,
    ),
    (
        r"walk|hik|wander|spazier|gehen|marche|randonn|camina|senderis|cammin|g[åa]tur|promenad",
        WorkoutKind.WALK,
    ),
    (
        r"strength|weight|kraft|muscul|fuerza|forza|styrke|styrka|gym\b|functional|lifting"
        r"|resistance",
        WorkoutKind.STRENGTH,
    ),
)
_KINDS = frozenset(word.value for word in WorkoutKind)
_SPORT = re.compile(r"work ?out|\btraining\b|\bexercise\b|\bsport|entrain|entrena|übung")


@lru_cache(maxsize=4096)
def workout_kind(activity: str) -> tuple[WorkoutKind | None, str]:
    """The kind of exercise, and the file's own word where the five kinds do not say it all.

    None where the file has no word.
    """
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", activity[:400])
    said = " ".join(activity[:400].replace("_", " ").split())
    if not said:
        return None, ""
    plainly = " ".join(re.sub(r"[\W_]+", " ", spaced).casefold().split())
    if plainly in _KINDS:
        return WorkoutKind(plainly), ""
    for pattern, kind in _EXERCISE:
        if re.search(pattern, plainly):
            return kind, ""
    return WorkoutKind.OTHER, said[:200]


def names_sport(text: str) -> bool:
    """Whether a word is one for a kind of exercise or for exercise as such."""
    kind, _ = workout_kind(text)
    return kind not in (None, WorkoutKind.OTHER) or bool(_SPORT.search(text.casefold()))


_AIMS = frozenset(
    words_in("goal, target, limit, ziel, aim, need, debt, objectif, meta, planned, geplant")
)


def is_aim(name: str) -> bool:
    """Whether a name speaks of what was aimed at, not of what was done."""
    return bool(set(name.split()) & _AIMS)


def within(words: str, spoken: dict[str, str]) -> str | None:
    """The meaning of the longest known phrase that stands as whole words in a text."""
    tokens = words.split()
    if not tokens or len(tokens) > 40:
        return None
    for length in range(min(len(tokens), 6), 0, -1):
        for start in range(len(tokens) - length + 1):
            phrase = " ".join(tokens[start : start + length])
            if len(phrase) > 2 and phrase in spoken:
                return spoken[phrase]
    return None


@cache
def choices() -> dict[str, dict[str, str]]:
    """For each field that holds a word: every spelling, plain, with the stored word."""
    return {
        "side": _choices(
            Side,
            left="l, lt, links, gauche, izquierda, izquierdo, izq, left leg, g, li",
            right="r, rt, rechts, droite, droit, derecha, derecho, der, right leg, re",
            both=(
                "b, beide, beidseitig, les deux, ambos, ambas, left and right, l r, bilateral, "
                "both legs"
            ),
            unknown="?, unbekannt, inconnu, desconocido",
        ),
        "muscle": _choices(
            Muscle,
            calf=(
                "calves, charley horse, charlie horse, wade, waden, mollet, mollets, pantorrilla, "
                "gastrocnemius, soleus, gemelo"
            ),
            foot="feet, fuss, fusse, pied, pieds, pie, pies, arch, sole, arch of foot, plantar",
            toes="toe, big toe, zehe, zehen, orteil, orteils, dedos, dedo",
            shin="schienbein, tibia, tibialis, shins, espinilla",
            hamstring=(
                "hamstrings, hinterer oberschenkel, ischio jambiers, isquiotibiales, "
                "back of thigh, "
                "biceps femoris, oberschenkel hinten, hintere oberschenkel, oberschenkelruckseite, "
                "ruckseite oberschenkel, back thigh, rear thigh, thigh back, cuisse arriere, "
                "arriere de la cuisse, muslo posterior, parte posterior del muslo"
            ),
            quadriceps=(
                "quad, quads, thigh, front of thigh, oberschenkel, cuisse, muslo, cuadriceps, "
                "oberschenkel vorn, oberschenkel vorne, vordere oberschenkel, front thigh"
            ),
            adductor=(
                "adductors, groin, inner thigh, innenschenkel, oberschenkel innen, "
                "leiste, adduktoren, adducteurs, aductor, aductores"
            ),
            glute="glutes, buttock, buttocks, gluteus, gesass, po, fessier, gluteo, gluteos",
            other="else, andere, autre, otro, hip, huft",
        ),
        "context": _choices(
            Context,
            in_bed=(
                "bed, sleeping, asleep, sleep, night, im bett, bett, schlaf, au lit, "
                "lit, en cama, "
                "cama, lying, lying down, at night, nachts, dormir"
            ),
            resting=(
                "rest, sitting, couch, sofa, ruhe, sitzen, in ruhe, repos, assis, reposo, "
                "sentado, at rest"
            ),
            during_exercise=(
                "exercise, exercising, running, sport, beim sport, training, "
                "pendant l effort, "
                "ejercicio, during sport, workout, cycling, swimming, during, run"
            ),
            after_exercise=(
                "after sport, after workout, nach dem sport, apres l effort, "
                "despues del ejercicio, "
                "after run, after running"
            ),
            standing_or_walking=(
                "standing, walking, stehen, gehen, debout, marche, de pie, caminando, walk"
            ),
            other="else, andere, autre, otro",
        ),
        "relief": _choices(
            Relief,
            stretch=(
                "stretching, stretched, dehnen, gedehnt, etirement, etirer, estirar, estiramiento"
            ),
            massage="massaged, rub, rubbing, massieren, massiert, masser, masaje, rubbed",
            walk="walking, walked, standing, stand up, got up, gehen, aufstehen, marcher, caminar",
            heat="hot, warm, warmth, warme, hot shower, chaleur, calor, heating pad",
            cold="ice, kalte, eis, froid, frio, cool",
            drink="water, drank, trinken, getrunken, boire, beber, pickle juice, electrolytes",
            none="nothing, nichts, keine, rien, nada, no",
            other="else, andere, autre, otro",
        ),
        "method": _choices(
            Method,
            hands="hand, self massage, self, manual, hande, mit den handen, mains, manos, by hand",
            foam_roller=(
                "roller, foam, foam rolling, rolle, schaumrolle, gerollt, foam rolled, "
                "faszienrolle, blackroll, rouleau, rodillo"
            ),
            massage_ball="ball, tennis ball, lacrosse ball, igelball, balle, pelota",
            massage_stick="stick, massagestab, baton, palo, rolling stick",
            massage_gun="gun, percussion, theragun, massagepistole, pistolet, pistola",
            professional=(
                "pro, therapist, physio, physiotherapist, masseur, masseuse, masseurin, "
                "kine, "
                "fisioterapeuta, massage therapist, physiotherapie, sports massage, rmt"
            ),
            other="else, andere, autre, otro",
        ),
        "reason": _choices(
            Reason,
            routine=(
                "regular, daily, habit, prevention, routinemassig, habitude, rutina, "
                "maintenance, "
                "relaxation, before bed, evening"
            ),
            before_exercise=(
                "before sport, warm up, warmup, vor dem sport, avant le sport, "
                "antes del ejercicio, "
                "pre workout, before run"
            ),
            after_exercise=(
                "after sport, recovery, nach dem sport, apres le sport, "
                "despues del ejercicio, "
                "post workout, after run, after workout, regeneration"
            ),
            relief=(
                "cramp, cramps, because of a cramp, relief of a cramp, pain, krampf, crampe, "
                "calambre, after cramp"
            ),
        ),
        "oil": _choices(
            Oil,
            none="no, nothing, keines, ohne, kein, rien, sans, nada, sin, dry",
            plain=(
                "oil, cream, lotion, yes, massage oil, baby oil, ol, creme, huile, aceite, "
                "olive oil, almond oil"
            ),
            magnesium="magnesium oil, magnesiumol, mg oil, mg, magnesium spray",
            arnica="arnika, arnica oil, arnica gel",
            other="else, andere, autre, otro",
        ),
        "doing": _choices(Activity, asleep="sleeping,schlafend,im schlaf", lying="liegen"),
        "position": _choices(Position, on_back="back,rucken", on_side="side,seite"),
        "kept_from": _choices(Hindrance),
        "pressure": _choices(Pressure, light="leicht,soft,gentle", firm="fest,medium,mittel"),
        "mark": _choices(MarkKind),
    }


def factor_words(factors: tuple[Factor, ...] = BUILT_IN) -> dict[str, str]:
    """Every plain name of a factor with its key.

    Key, label, synonyms and words of other languages.
    """
    said: dict[str, str] = {}
    for factor in factors:
        for word in factor.words:
            said.setdefault(plain_words(word), factor.key)
    return said


@cache
def _known_names() -> frozenset[str]:
    return frozenset((*factor_words(), *(word for words in FIELDS.values() for word in words)))


def known_name(name: str) -> bool:
    """Whether a column's name is known by itself."""
    return plain_words(name) in _known_names()


def measure_of(name: str, unit: str) -> tuple[str, float] | None:
    """Factor and what one unit is worth in it; None where the name or the unit is not known.

    No guess is made.
    """
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-Z])", " ", name[:200]).replace("#", " ")
    key = factor_words().get(plain_words(spaced))
    worth = DESCRIBED[key].worth(unit) if key else None
    return None if key is None or worth is None else (key, worth)
