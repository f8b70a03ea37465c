"""GPX and TCX: one file a workout, as every watch and running app writes them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, ParseError, iterparse

from legcare.errors import BadFile
from legcare.importers.cells.instants import iso_parts, local
from legcare.importers.cells.numbers import number
from legcare.importers.harvest import Harvest
from legcare.importers.registry import Asked, Extract, Format
from legcare.importers.source import Peek, Source

MOST_BYTES = 200 * 1024 * 1024
EARTH_KM = 6371.0


def recognise_gpx(peek: Peek) -> str | None:
    """By its root element."""
    return "It is a GPX track, as watches write them." if _root(peek, "<gpx") else None


def recognise_tcx(peek: Peek) -> str | None:
    """By its root element."""
    found = _root(peek, "<TrainingCenterDatabase")
    return "It is a TCX file, as watches write them." if found else None


def _root(peek: Peek, tag: str) -> bool:
    return peek.text.lstrip()[:1] == "<" and tag in peek.text[:4096]


@dataclass
class _Track:
    """What one track told so far."""

    kind: str = ""
    name: str = ""
    times: list[datetime] = field(default_factory=list)
    km: float = 0.0
    seconds: float = 0.0
    place: tuple[float, float] | None = None

    def point(self, latitude: float, longitude: float) -> None:
        """Go on to a point: the way on the sphere is added."""
        here = (math.radians(latitude), math.radians(longitude))
        if self.place is not None:
            height, width = ((a - b) / 2 for a, b in zip(here, self.place, strict=True))
            chord = math.sin(height) ** 2
            chord += math.cos(here[0]) * math.cos(self.place[0]) * math.sin(width) ** 2
            self.km += 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))
        self.place = here


def extract_gpx(source: Source, asked: Asked) -> Extract:
    """A workout for each track: from its first to its last point."""
    found = Harvest(source.name, "gpx", "GPX track")
    track = _Track()
    for tag, element in _elements(source):
        if tag == "time":
            track.times.append(iso_parts(str(element.text)))
        elif tag == "trkpt":
            track.point(float(element.get("lat", 0)), float(element.get("lon", 0)))
        elif tag in ("name", "type") and element.text:
            setattr(track, "kind" if tag == "type" else "name", element.text.strip()[:200])
        elif tag == "trk":
            _keep(found, track, asked)
            track = _Track()
    return found.extract()


def extract_tcx(source: Source, asked: Asked) -> Extract:
    """A workout for each activity: its laps added."""
    found = Harvest(source.name, "tcx", "TCX file")
    track = _Track()
    for tag, element in _elements(source):
        if tag == "Id" and element.text:
            track.times.append(iso_parts(element.text))
        elif tag == "TotalTimeSeconds":
            track.seconds += number(element.text) or 0
        elif tag == "Lap":
            metres = next((e for e in element if e.tag.endswith("}DistanceMeters")), None)
            track.km += (number(metres.text) or 0) / 1000 if metres is not None else 0
        elif tag == "Activity":
            track.kind = element.get("Sport", "")
            _keep(found, track, asked)
            track = _Track()
    return found.extract()


def _keep(found: Harvest, track: _Track, asked: Asked) -> None:
    with found.row(None, track.name):
        if not track.times:
            raise ValueError("The track has no times, so it cannot be placed on a day.")
        first, last = min(track.times), max(track.times)
        minutes = track.seconds / 60 or (last - first).total_seconds() / 60
        at = found.wall(first, asked.zone) if first.tzinfo is None else local(first, asked.zone)
        found.workout(at, minutes, track.kind or track.name, note=track.name, km=track.km)


def _elements(source: Source) -> Iterator[tuple[str, Element]]:
    """Every element as it closes, without its namespace; points are forgotten behind it.

    A document type would let a small file grow without end: no watch writes one.
    """
    if "<!DOCTYPE" in source.peek.text or "<!ENTITY" in source.peek.text:
        raise BadFile(f"{source.name} declares a document type, which no watch writes.")
    if source.size > MOST_BYTES:
        raise BadFile(f"{source.name} is larger than 200 MB, more than a track is.")
    try:
        with source.open() as stream:
            for _, element in iterparse(stream):
                tag = str(element.tag).rpartition("}")[2]
                yield tag, element
                if tag in ("trkpt", "Trackpoint", "trk", "Activity"):
                    element.clear()
    except ParseError as error:
        raise BadFile(f"{source.name} is damaged or cut off ({error}): export it again.") from error


FORMATS = (
    Format("gpx", "GPX track", recognise_gpx, extract_gpx),
    Format("tcx", "TCX file", recognise_tcx, extract_tcx),
)
