"""PDFs and videos are read in a process of their own: native decoders may hang, crash, or eat memory.

``python -m storypainter.sequences.reading.apart`` reads one job as JSON from its input, writes
pictures into a folder that its parent made, and says what they are as JSON on its output.
"""

from __future__ import annotations

import os
import subprocess  # we start our own interpreter, on our own module
import sys
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import MissingExtra
from storypainter.sequences.reading.refusals import REASONS, Reason, Refused

_MAX_MEMORY = 6 * 1024**3
_MAX_ANSWER = 64 * 1024 * 1024


def read_apart(job: str, file: Path, folder: Path, seconds: int, **asked: Any) -> dict[str, Any]:
    """Have a file read by another process.

    Args:
        job: ``pdf`` or ``video``.
        file: what is read.
        folder: where it writes pictures.
        seconds: after how long it is stopped.
        asked: what else the job is told.

    Returns:
        What the job says.

    Raises:
        MissingExtra: the library isn't installed.
        Refused: the job refuses the file, dies of it, or takes too long.
    """
    told = orjson.dumps(
        {"job": job, "file": os.fspath(file.resolve()), "folder": os.fspath(folder),
         "seconds": seconds, **asked}
    )  # fmt: skip
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=seconds, env=_environment(), check=False, cwd=folder,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Refused(
            "took too long", f"reading was stopped after {seconds} s", hint="raise --seconds"
        ) from None
    try:
        if len(done.stdout) > _MAX_ANSWER:
            raise ValueError
        answer = orjson.loads(done.stdout)
    except ValueError:
        raise Refused("unreadable", "its decoder failed on it") from None
    if missing := answer.get("missing"):
        raise MissingExtra(str(missing), "sequences")
    if refused := answer.get("refused"):
        known: dict[str, Reason] = {each: each for each in REASONS}
        reason = known.get(refused["reason"], "unreadable")
        raise Refused(reason, refused["said"], refused["where"], refused["hint"])
    found: dict[str, Any] = answer
    return found


def _environment() -> dict[str, str]:
    environment = {key: each for key, each in os.environ.items() if not _secret(key)}
    # A "video" may be a playlist that names addresses: nothing but the file itself is opened.
    environment["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "protocol_whitelist;file"
    environment["OPENCV_LOG_LEVEL"] = "SILENT"
    environment["OMP_NUM_THREADS"] = "1"
    return environment


def _secret(name: str) -> bool:
    return any(word in name.upper() for word in ("KEY", "TOKEN", "SECRET", "PASSWORD"))


def _limit(seconds: int) -> None:
    """The parent may be killed before it can stop us: end by ourselves."""
    import resource

    for what, most in ((resource.RLIMIT_AS, _MAX_MEMORY), (resource.RLIMIT_CPU, 4 * seconds)):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or hard > most:
            resource.setrlimit(what, (most, most))


def main() -> None:
    """Do the one job that the input tells of."""
    told = orjson.loads(sys.stdin.buffer.read())
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    _limit(told.pop("seconds"))
    answer: dict[str, Any]
    try:
        if told.pop("job") == "pdf":
            from storypainter.sequences.reading.pdf_pages import pages

            answer = pages(**told)
        else:
            from storypainter.sequences.reading.key_frames import key_frames

            answer = key_frames(**told)
    except Refused as fault:
        answer = {"refused": {"reason": fault.reason, "said": fault.said, "where": fault.where,
                              "hint": fault.hint}}  # fmt: skip
    except ModuleNotFoundError as error:
        answer = {"missing": f"reading PDFs and videos ({error.name})"}
    except ImportError as error:  # it is installed, and a library of the system isn't
        said = f"its decoder can't be loaded: {' '.join(str(error).split())[:200]}"
        answer = {"refused": {"reason": "unsupported", "said": said, "where": "", "hint": ""}}
    except MemoryError:
        answer = {"refused": {"reason": "too large", "said": "it needs too much memory",
                              "where": "", "hint": ""}}  # fmt: skip
    answers.write(orjson.dumps(answer))
    answers.flush()


if __name__ == "__main__":
    main()
