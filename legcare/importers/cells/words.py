"""What columns are called and what cells say, in English, German, French and Spanish."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from legcare.importers.cells.cell import plain_words
from legcare.records import (
    BUILT_IN,
    Context,
    Factor,
    Method,
    Muscle,
    Oil,
    Reason,
    Relief,
    Side,
    WorkoutKind,
)


def _named(spoken: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in spoken.split(","))


WHEN: dict[str, tuple[str, ...]] = {
    "at": _named(
        "at, when, datetime, date time, date and time, timestamp, time stamp, moment, occurred,"
        " occurred at, start, start time, started, begin, beginn, zeitpunkt, datum uhrzeit, datum"
        " zeit, datum und uhrzeit, horodatage, date et heure, date heure, fecha y hora, fecha hora,"
        " created, logged at, start date"
    ),
    "end": _named(
        "end, end time, ended, finish, finished, stop, until, ende, fin, hora fin, end date, bis"
    ),
    "date": _named(
        "date, day, datum, tag, jour, fecha, dia, calendar date, date of cramp, date of massage, "
        "night of"
    ),
    "time": _named(
        "time, time of day, clock, uhrzeit, zeit, heure, hora, clock time, time of cramp, hour, o"
        " clock"
    ),
}
NIGHT: dict[str, tuple[str, ...]] = {
    "asleep": _named(
        "bedtime, bed time, bed, went to bed, to bed, time to bed, in bed at, lights out, fell"
        " asleep, fell asleep at, asleep at, sleep start, sleep onset, sleep from, sleep began,"
        " sleep begin, schlafenszeit, zu bett, ins bett, eingeschlafen, schlaf von, schlafbeginn,"
        " coucher, heure de coucher, endormissement, acostarse, hora de acostarse, me acoste"
    ),
    "awake": _named(
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
    "side": _named(
        "side, leg, which leg, left right, l r, bein, seite, cote, jambe, lado, pierna, body side"
    ),
    "muscle": _named(
        "muscle, where, place, location, body part, muscle group, muskel, ort, stelle, wo, lieu, "
        "endroit, "
        "musculo, lugar, zona, area, site, region, muscle site"
    ),
    "severity": _named(
        "severity, pain, intensity, strength, how bad, pain level, pain score, cramp severity, "
        "nrs, vas, "
        "starke, schmerz, schmerzen, intensitat, schwere, douleur, intensite, dolor, intensidad, "
        "gravedad, pain intensity, score, level"
    ),
    "minutes": _named(
        "minutes, duration, length, how long, mins, min, dauer, lange, duree, duracion, minuten, "
        "duration minutes, duration min, time spent, moving time, elapsed time, minutos, lasted"
    ),
    "woke_me": _named(
        "woke me, woke, woken, woke up, wake, awakened, awake, aufgewacht, geweckt, reveille, "
        "desperto, me desperto, woke me up, did it wake you"
    ),
    "sleep_disturbance": _named(
        "sleep disturbance, disturbed sleep, sleep disturbed, schlafstorung, sleep impact"
    ),
    "context": _named(
        "context, activity, situation, doing, during, what were you doing, circumstances, position,"
        " umstand, aktivitat, activite, actividad, contexte, contexto"
    ),
    "sore_after": _named(
        "sore after, sore afterwards, soreness after, muskelkater danach, danach wund, "
        "sore next day"
    ),
    "relief": _named(
        "relief, what helped, helped, remedy, treatment, relieved by, hilfe, was half, geholfen, "
        "soulagement, remede, alivio, remedio, action taken"
    ),
    "note": _named(
        "note, notes, comment, comments, remark, remarks, memo, description, notiz, notizen,"
        " bemerkung, bemerkungen, kommentar, remarque, remarques, commentaire, nota, notas,"
        " comentario, observaciones"
    ),
    "method": _named(
        "method, tool, massage type, technique, kind of massage, how, methode, gerat, technik,"
        " outil, metodo, herramienta, type of massage, device"
    ),
    "reason": _named(
        "reason, why, purpose, grund, anlass, warum, raison, motif, razon, motivo, massage reason"
    ),
    "oil": _named("oil, cream, lotion, gel, ol, creme, salbe, huile, aceite, crema, oil or cream"),
    "areas": _named(
        "areas, area, muscle, where, place, location, body part, muscles, massaged, massaged areas,"
        " body parts, where massaged, bereiche, zones, zonas"
    ),
    "tender": _named(
        "tender, tender spots, sore spots, trigger points, druckpunkte, tender points, "
        "points sensibles"
    ),
    "tension_before": _named(
        "tension before, tightness before, spannung vorher, tension avant, tension antes"
    ),
    "tension_after": _named(
        "tension after, tightness after, spannung nachher, tension apres, tension despues"
    ),
    "stress_before": _named("stress before, stress vorher, stress avant, estres antes"),
    "stress_after": _named("stress after, stress nachher, stress apres, estres despues"),
    "heaviness_before": _named(
        "heaviness before, heavy before, schwere vorher, lourdeur avant, pesadez antes"
    ),
    "heaviness_after": _named(
        "heaviness after, heavy after, schwere nachher, lourdeur apres, pesadez despues"
    ),
    "kind": _named(
        "kind, sport, workout, workout type, activity type, exercise type, exercise, type,"
        " sportart, training, activite, deporte, ejercicio, discipline, session type"
    ),
    "effort": _named(
        "effort, rpe, exertion, perceived exertion, anstrengung, effort percu, esfuerzo, intensity,"
        " how hard"
    ),
    "id": ("id",),
    "source": ("source",),
    "created_at": ("created at",),
    "first_day": _named("first day, from, start day, von, de, desde"),
    "last_day": _named("last day, to, until, end day, bis, jusqu a, hasta"),
    "factor": _named(
        "factor, measure, metric, variable, parameter, messgrosse, name, item, what, quantity"
    ),
    "value": _named("value, amount, reading, wert, valeur, valor, result, menge"),
    "cramp_count": _named(
        "cramps, cramp, number of cramps, cramp count, cramps count, cramps tonight, "
        "cramps last night, "
        "any cramps, had cramp, leg cramps, leg cramp, krampfe, krampf, anzahl krampfe, "
        "wadenkrampfe, "
        "wadenkrampf, crampes, crampe, calambres, calambre, nb crampes, numero de calambres"
    ),
    "massage_minutes": _named(
        "massage, massage min, massage minutes, massage duration, massage minuten, masaje, "
        "masaje min, minutes of massage"
    ),
}
YES = frozenset(
    _named(
        "yes, y, true, t, 1, x, ja, j, wahr, oui, o, vrai, si, s, verdadero, ✓, ✔, on, 1 0, woke"
    )
)
NO = frozenset(_named("no, n, false, f, 0, nein, falsch, non, faux, falso, ✗, ✘, off, 0 0, none"))
SEVERITIES: dict[str, float] = {
    **dict.fromkeys(_named("none, no pain, keine, aucune, ninguno, nothing"), 0.0),
    **dict.fromkeys(
        _named("very mild, very light, slight, sehr leicht, tres legere, muy leve"), 1.0
    ),
    **dict.fromkeys(
        _named("mild, light, low, weak, leicht, schwach, legere, leger, faible, leve, ligero"), 3.0
    ),
    **dict.fromkeys(
        _named(
            "moderate, medium, average, mittel, massig, moderee, modere, moyen, moderado, medio"
        ),
        5.0,
    ),
    **dict.fromkeys(
        _named(
            "severe, strong, bad, high, stark, heftig, schwer, forte, fort, severo, fuerte, intense"
        ),
        8.0,
    ),
    **dict.fromkeys(
        _named("very severe, very strong, very bad, sehr stark, tres forte, muy fuerte, extreme"),
        9.0,
    ),
    **dict.fromkeys(
        _named("worst, unbearable, worst imaginable, unertraglich, insupportable, insoportable"),
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
            calf="calves, wade, waden, mollet, mollets, pantorrilla, gastrocnemius, soleus, gemelo",
            foot="feet, fuss, fusse, pied, pieds, pie, pies, arch, sole, arch of foot, plantar",
            toes="toe, big toe, zehe, zehen, orteil, orteils, dedos, dedo",
            shin="schienbein, tibia, tibialis, shins, espinilla",
            hamstring=(
                "hamstrings, hinterer oberschenkel, ischio jambiers, isquiotibiales, "
                "back of thigh, "
                "biceps femoris"
            ),
            quadriceps=(
                "quad, quads, thigh, front of thigh, oberschenkel, cuisse, muslo, cuadriceps"
            ),
            adductor="adductors, groin, inner thigh, adduktoren, adducteurs, aductor, aductores",
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
                "roller, foam, foam rolling, rolle, faszienrolle, blackroll, rouleau, rodillo"
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
        "kind": _choices(
            WorkoutKind,
            run=(
                "running, jog, jogging, laufen, lauf, course, course a pied, correr, "
                "carrera, trail run"
            ),
            ride=(
                "cycling, bike, biking, cycle, radfahren, rad, velo, cyclisme, ciclismo, bici, "
                "virtual ride, spinning"
            ),
            walk="walking, hike, hiking, gehen, spaziergang, wandern, marche, caminar, caminata",
            swim="swimming, schwimmen, natation, natacion, pool",
            strength=(
                "weights, gym, lifting, weight training, krafttraining, kraft, musculation, "
                "fuerza, "
                "strength training, resistance"
            ),
        ),
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
