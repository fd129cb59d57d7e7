"""One process at a time works in a folder: a lock that the system frees however that process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from storypainter.errors import RunFolderError


def take_lock(path: Path, used: Path) -> IO[str]:
    """Take the lock ``path``; closing what is returned lets it go. The file names its holder.

    Args:
        path: the lock's file; its folder is there.
        used: the folder that errors name.

    Raises:
        RunFolderError: another process holds it, or it can't be written.
    """
    try:
        lock = path.open("a+")
    except OSError as error:
        raise RunFolderError(
            f"{path} can't be written: {(error.strerror or '').lower()}", "check its permissions"
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read(20).strip()
        lock.close()
        raise RunFolderError(
            f"{used} is in use" + (f" by process {holder}" if holder.isdigit() else ""),
            "wait for it to end, or choose another --out",
        ) from None
    lock.seek(0)
    lock.truncate()
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock
