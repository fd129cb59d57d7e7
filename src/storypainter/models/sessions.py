"""Open connections that the models of one run share: one pool for each server and key."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar


class _Closable(Protocol):
    async def close(self) -> None: ...


S = TypeVar("S", bound=_Closable)


class Sessions(Generic[S]):
    """Sessions by what they connect to; the last model that gives one back closes it."""

    def __init__(self) -> None:
        self._open: dict[Hashable, S] = {}
        self._users: dict[Hashable, int] = {}

    def take(self, key: Hashable, make: Callable[[], S]) -> S:
        """The session for ``key``, made now if nobody has one."""
        if key not in self._open:
            self._open[key] = make()
        self._users[key] = self._users.get(key, 0) + 1
        return self._open[key]

    async def give_back(self, session: S) -> None:
        """Say that one user needs the session no more."""
        for key, known in self._open.items():
            if known is session:
                self._users[key] -= 1
                if self._users[key] == 0:
                    del self._open[key], self._users[key]
                    await session.close()
                return
