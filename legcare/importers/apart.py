"""Reading an upload in a process apart.

A file may make a library abort, a pattern run without end, or ask for gigabytes. In a process of
its own, with limits on memory and time, that ends the process and not the server; the person reads
a sentence. One process stays warm, so that nobody waits for it to begin.
"""

from __future__ import annotations

import io
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Any

from legcare.errors import BadFile, LegcareError
from legcare.importers.source import Progress

MOST_BYTES = 1536 * 1024**2
MOST_SECONDS = 900.0
SILENCE = 60.0  # a process that gives no sign for so long is inside something that never ends
BEAT = 0.2
SPARE = 1
TOO_MUCH = (
    "{name} cannot be read here: it needs more memory than one file may take, or it makes the"
    " program that opens it fail. Save it again in your spreadsheet program, as CSV."
)
TOO_LONG = "{name} takes too long to read, so reading was stopped. Split it into smaller files."


@dataclass
class Process:
    """One reading process, with the thread that hears what it says."""

    popen: subprocess.Popen[bytes]
    said: queue.SimpleQueue[tuple[str, Any] | None] = field(default_factory=queue.SimpleQueue)

    @classmethod
    def started(cls) -> Process:
        """A new process; it begins to import at once, and works when it has."""
        root = str(Path(__file__).parents[2])
        command = [sys.executable, "-c", "from legcare.importers.apart import serve; serve()"]
        paths = os.pathsep.join((root, os.environ.get("PYTHONPATH", "")))
        popen = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )
        process = cls(popen)
        threading.Thread(target=process._hear, daemon=True).start()
        return process

    def _hear(self) -> None:
        stream = self.popen.stdout
        while stream is not None:
            try:
                self.said.put(_received(stream))
            except (OSError, EOFError, ValueError, pickle.UnpicklingError):
                break
        self.said.put(None)

    def ask(self, request: object) -> None:
        """Send a request; a process that is gone is noticed when its answer is waited for."""
        try:
            if self.popen.stdin is not None:
                _send(self.popen.stdin, request)
        except OSError:
            self.said.put(None)

    def end(self) -> None:
        """Stop the process at once, whatever it is doing."""
        self.popen.kill()
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream is not None:
                stream.close()
        self.popen.wait()


_idle: list[Process] = []
_lock = threading.Lock()


def warm() -> None:
    """See to it that a process waits."""
    with _lock:
        if len(_idle) < SPARE:
            _idle.append(Process.started())


def run(
    name: str, work: Callable[..., Any], *arguments: object, progress: Progress | None = None
) -> Any:
    """``work(*arguments, say)`` in a process apart, where ``say`` reports progress.

    Raises the ``LegcareError`` that it raised, or ``BadFile`` where the process died or was
    silent too long. Whatever ``progress`` raises ends the process at once.
    """
    with _lock:
        process = _idle.pop() if _idle else Process.started()
    try:
        process.ask((work, arguments))
        kind, value = _answer(name, process, progress or _nothing)
    except BaseException:
        process.end()
        warm()
        raise
    with _lock:
        spare = len(_idle) < SPARE
        if spare:
            _idle.append(process)
    if not spare:
        process.end()
    if kind == "bad":
        raise value
    return value


def _nothing(done: float, sentence: str) -> None:
    """Nobody watches."""


def _answer(name: str, process: Process, progress: Progress) -> tuple[str, Any]:
    begun = heard = monotonic()
    done, sentence = 0.0, f"Reading {name}"
    while True:
        try:
            said = process.said.get(timeout=BEAT)
        except queue.Empty:
            if monotonic() - heard > SILENCE or monotonic() - begun > MOST_SECONDS:
                raise BadFile(TOO_LONG.format(name=name)) from None
        else:
            if said is None:
                raise BadFile(TOO_MUCH.format(name=name))
            heard = monotonic()
            if said[0] == "progress":
                done, sentence = said[1]
            elif said[0] != "beat":
                return said
        progress(done, sentence)


def _send(stream: IO[bytes], message: object) -> None:
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    stream.write(len(data).to_bytes(8, "big"))
    stream.write(data)
    stream.flush()


def _received(stream: IO[bytes]) -> Any:
    size = int.from_bytes(_exactly(stream, 8), "big")
    return pickle.loads(_exactly(stream, size))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    parts: list[bytes] = []
    while size:
        part = stream.read(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


# --- inside the process


def serve() -> None:
    """Work on requests until the input ends. What anybody prints goes nowhere."""
    from legcare.importers.registry import fallbacks, formats

    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    formats(), fallbacks()
    _limit()
    stdin = sys.stdin.buffer
    while True:
        try:
            work, arguments = _received(stdin)
        except EOFError:
            return
        _work(_Speaker(out), work, arguments)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time is limited there too
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class _Speaker:
    """What the process says: that it lives, how far it is, and what came out."""

    def __init__(self, out: Any) -> None:
        self._out, self._lock = out, threading.Lock()
        self._said = monotonic()

    def say(self, kind: str, value: object = None) -> None:
        """One message."""
        with self._lock:
            _send(self._out, (kind, value))

    def progress(self, done: float, sentence: str) -> None:
        """How far it is, a few times a second."""
        if monotonic() - self._said > BEAT:
            self._said = monotonic()
            self.say("progress", (done, sentence))


def _work(speaker: _Speaker, work: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    over = threading.Event()

    def beat() -> None:
        while not over.wait(1.0):
            speaker.say("beat")

    threading.Thread(target=beat, daemon=True).start()
    try:
        answer: tuple[str, object] = ("done", work(*arguments, speaker.progress))
    except LegcareError as error:
        answer = ("bad", error)
    except MemoryError:
        answer = ("bad", BadFile(TOO_MUCH.format(name=str(arguments[0]))))
    finally:
        over.set()
    speaker.say(*answer)


def open_apart(name: str, data: bytes) -> Any:
    """The parts of an upload, opened in a process apart."""
    return run(name, _open, name, data)


def _open(name: str, data: bytes, progress: Progress) -> object:
    from legcare.importers.ladder import open_parts

    return open_parts(name, io.BytesIO(data))


def read_apart(name: str, data: bytes, asked: object, progress: Progress | None) -> Any:
    """What an upload gives that is no table, read in a process apart."""
    return run(name, _read, name, data, asked, progress=progress)


def _read(name: str, data: bytes, asked: Any, progress: Progress) -> object:
    from legcare.importers.ladder import read_whole

    return read_whole(name, io.BytesIO(data), asked, progress)
