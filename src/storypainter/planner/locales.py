"""The worlds as a culture has them: its looks, times and things beside what belongs to all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Protocol, TypeVar

from storypainter.errors import BadInput
from storypainter.planner.reading import Worlds
from storypainter.planner.world import Locale, Relationship, Setting, Time


class _Local(Protocol):
    @property
    def locales(self) -> tuple[str, ...]: ...


_L = TypeVar("_L", bound=_Local)


def locale_of(worlds: Worlds, name: str) -> Locale | None:
    """The locale that a user means; None if none is asked for.

    Raises:
        BadInput: the worlds have no such locale.
    """
    if not name.strip():
        return None
    for each in worlds.locales.values():
        if each.is_called(name):
            return each
    known = ", ".join(sorted(each.ink for each in worlds.locales.values()))
    raise BadInput(
        f"the planner has nothing for the locale {name!r}, only {known}",
        "leave it out, or use a language model as storyteller",
    )


@lru_cache(maxsize=32)
def localised(worlds: Worlds, locale: Locale | None) -> Worlds:
    """The worlds with what belongs to ``locale`` or to all."""
    name = locale.id if locale else ""
    return replace(
        worlds,
        settings={k: _setting(v, worlds, name) for k, v in worlds.settings.items()},
        relationships={k: _bond(v, name) for k, v in worlds.relationships.items()},
        looks=_fitting(worlds.looks, name),
    )


def _fitting(every: Iterable[_L], name: str) -> tuple[_L, ...]:
    return tuple(each for each in every if not each.locales or name in each.locales)


def _setting(setting: Setting, worlds: Worlds, name: str) -> Setting:
    added: tuple[Time, ...] = tuple(
        time
        for time in worlds.times
        if name in time.locales and (not time.settings or setting.id in time.settings)
    )
    return setting.model_copy(
        update={
            "time": (*_fitting(setting.time, name), *added),
            "detail": _fitting(setting.detail, name),
            "slot": {slot: _fitting(things, name) for slot, things in setting.slot.items()},
        }
    )


def _bond(bond: Relationship, name: str) -> Relationship:
    return bond.model_copy(update={"evidence": _fitting(bond.evidence, name)})
