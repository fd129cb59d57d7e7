"""Choosing a story of the embedded worlds for a Brief, a seed and an index."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from storypainter.errors import BadInput
from storypainter.planner.world import World, WorldStory, worlds
from storypainter.scene import Animal, Person, Scene, Sign
from storypainter.story import Brief, Story, StoryOrigin
from storypainter.value import Value, content_hash

#: Part of what identifies a planned Story: raised whenever the same call would tell another one.
VERSION = "1"

_LANGUAGE_MODEL = "use a language model as storyteller"
#: Fields of a Brief that a fixed set of stories has no way to honour.
_BEYOND_US = ("people", "audience", "style", "richness")
#: Words of a wish that say nothing about a story.
_EMPTY_WORDS = frozenset(
    {"a", "an", "and", "about", "any", "at", "by", "during", "for", "from", "in", "is", "of", "on"}
    | {"one", "or", "picture", "scene", "set", "some", "story", "stories", "the", "to", "with"}
)
_ARTICLES = frozenset({"a", "an", "the", "some", "any"})


class Plan(Value):
    """A Story with the Scene that shows it. ``world`` is the setting that it comes from."""

    story: Story
    scene: Scene
    world: str


@dataclass(frozen=True)
class _Candidate:
    """A story of a world, with the words that a wish can meet."""

    world: World
    story: WorldStory

    @property
    def id(self) -> str:
        return f"{self.world.setting}.{self.story.id}"

    @cached_property
    def themes(self) -> frozenset[str]:
        return frozenset(_words(" ".join((self.world.setting, *self.story.themes))))

    @cached_property
    def setting(self) -> frozenset[str]:
        place = self.story.scene.setting
        return frozenset(_words(f"{place.kind} {place.time_of_day} {place.weather} {place.season}"))

    @cached_property
    def told(self) -> tuple[list[str], ...]:
        """The words of each thing that the story tells: its text, clues and entities."""
        texts = (self.story.plain, *self.story.clues.values(), *self.story.entities)
        return tuple(_words(text) for text in texts)

    @cached_property
    def anywhere(self) -> tuple[list[str], ...]:
        """As ``told``, and the words of its themes, its gist and all that its Scene shows."""
        story = self.story
        texts = (story.title, story.gist, *story.themes, *_shown(story.scene))
        return (*self.told, *(_words(text) for text in texts))


_Suits = Callable[[_Candidate], bool]


def plan(seed: int, index: int, brief: Brief | None = None) -> Plan:
    """The story at ``index`` (from 0) of the seeded order of all stories that suit ``brief``.

    The same arguments give the same Plan, however many items are asked for, and two indices
    never give the same story. Wishes are met by words: every word of ``theme`` must be among a
    story's themes, and of ``setting`` among its place, time of day, weather and season; what is
    ``required`` must be told in these very words; what is ``forbidden`` must occur nowhere.

    Raises:
        BadInput: the index is negative or beyond the stories that suit, none suits, or the
            Brief wishes for something that the planner can't honour.
    """
    if index < 0:
        raise BadInput(f"the index of a planned story is {index}", "count from 0")
    suiting = _suiting(brief or Brief(), explain=True)
    if index >= len(suiting):
        count = len(suiting)
        what = "only 1 story suits" if count == 1 else f"only {count} stories suit"
        raise BadInput(
            f"item {index + 1} can't be planned: {what} this brief",
            f"ask for at most {count}, give a broader theme or none, or {_LANGUAGE_MODEL}",
        )
    chosen = sorted(suiting, key=lambda each: content_hash([str(seed), each.id]))[index]
    return Plan(
        story=_story(chosen, seed, index), scene=chosen.story.scene, world=chosen.world.setting
    )


def available(brief: Brief | None = None) -> int:
    """How many different stories suit ``brief``; 0 if none does.

    Raises:
        BadInput: the Brief wishes for something that the planner can't honour.
    """
    return len(_suiting(brief or Brief(), explain=False))


def themes() -> tuple[str, ...]:
    """Every theme that a Brief may ask for, in alphabetical order."""
    return tuple(
        sorted({theme for world in worlds() for each in world.story for theme in each.themes})
    )


def _story(chosen: _Candidate, seed: int, index: int) -> Story:
    return Story(
        id=chosen.id,
        text=chosen.story.plain,
        chains=chosen.story.story_chains(),
        entities=chosen.story.entities,
        gist=chosen.story.gist,
        title=chosen.story.title,
        origin=StoryOrigin(
            storyteller="planner",
            mode="planned",
            seed=seed,
            parameters={"version": VERSION, "world": chosen.world.setting, "index": index},
        ),
    )


@lru_cache(maxsize=1)
def _candidates() -> tuple[_Candidate, ...]:
    return tuple(_Candidate(world, story) for world in worlds() for story in world.story)


def _suiting(brief: Brief, *, explain: bool) -> list[_Candidate]:
    """All stories that suit; with ``explain``, a BadInput that names the wish that left none."""
    _refuse_what_is_beyond_us(brief)
    left = list(_candidates())
    for wish, suits in _wishes(brief):
        kept = [each for each in left if suits(each)]
        if not kept and explain:
            raise _none_left(wish, left, brief)
        left = kept
    return left


def _refuse_what_is_beyond_us(brief: Brief) -> None:
    for field in _BEYOND_US:
        if getattr(brief, field):
            raise BadInput(
                f"the planner can't honour the brief's {field!r}",
                f"leave it out, or {_LANGUAGE_MODEL}",
            )
    if _tag(brief.language).split("-")[0] not in {"", "en", "english"}:
        raise BadInput(
            f"the planner tells stories in English only, not in {brief.language!r}", _LANGUAGE_MODEL
        )
    locales = sorted({world.locale for world in worlds()})
    if _tag(brief.locale) not in {"", *(each.casefold() for each in locales)}:
        raise BadInput(
            f"the planner has no story for the locale {brief.locale!r}, only {', '.join(locales)}",
            f"leave it out, or {_LANGUAGE_MODEL}",
        )


def _wishes(brief: Brief) -> list[tuple[str, _Suits]]:
    """Each wish of a Brief as (how to call it, whether a story grants it)."""
    wishes: list[tuple[str, _Suits]] = []
    if brief.setting.strip():
        wishes.append((f"the setting {brief.setting!r}", _in_setting(brief.setting)))
    if brief.theme.strip():
        wishes.append((f"the theme {brief.theme!r}", _about(brief.theme)))
    wishes += [(f"the required {item!r}", _telling(item)) for item in brief.required]
    wishes += [(f"the forbidden {item!r}", _without(item)) for item in brief.forbidden]
    return wishes


def _in_setting(wish: str) -> _Suits:
    words = _telling_words(wish, "setting")
    return lambda each: _covers(each.setting, words)


def _about(wish: str) -> _Suits:
    words = _telling_words(wish, "theme")
    return lambda each: _covers(each.themes, words)


def _telling(item: str) -> _Suits:
    phrase = [frozenset({word}) for word in _phrase(item, "required")]
    return lambda each: _says(each.told, phrase)


def _without(item: str) -> _Suits:
    phrase = [_numbers(word) for word in _phrase(item, "forbidden")]
    return lambda each: not _says(each.anywhere, phrase)


def _none_left(wish: str, before: Sequence[_Candidate], brief: Brief) -> BadInput:
    every = [story for world in worlds() for story in world.story]
    left = "" if len(before) == len(every) else f", of the {len(before)} that meet its other wishes"
    shared = Counter(theme for story in every for theme in story.themes)
    broad = ", ".join(theme for theme, count in sorted(shared.items()) if count > 1)
    known = sorted({word for each in before for word in each.themes})
    close = [
        near for word in _words(brief.theme) for near in difflib.get_close_matches(word, known, 1)
    ]
    guess = f"did you mean {' '.join(close)!r}? " if close and wish.startswith("the theme") else ""
    return BadInput(
        f"no planned story suits the brief: none meets {wish}{left}",
        f"{guess}broad themes are {broad}; or {_LANGUAGE_MODEL}",
    )


def _shown(scene: Scene) -> Iterable[str]:
    """What a Scene shows, in words."""
    place = scene.setting
    yield from (place.kind, place.time_of_day, place.weather, place.season)
    for each in scene.elements:
        if isinstance(each, Person):
            yield from (each.role, each.age, *(garment.kind for garment in each.attire))
        elif isinstance(each, Animal):
            yield each.species
        elif isinstance(each, Sign):
            yield from (each.kind, each.text)
        else:
            yield from (each.kind, each.text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "'").replace("'s", ""))


def _telling_words(wish: str, field: str) -> list[str]:
    words = [word for word in _words(wish) if word not in _EMPTY_WORDS]
    if wish.strip() and not words:
        raise BadInput(f"the brief's {field} {wish!r} names nothing", "use a word such as 'dog'")
    return words


def _phrase(wish: str, field: str) -> list[str]:
    words = _words(wish)
    while words and words[0] in _ARTICLES:
        words = words[1:]
    if not words:
        raise BadInput(
            f"the brief's {field} item {wish!r} names nothing", "use a word such as 'dog'"
        )
    return words


def _covers(words: frozenset[str], wished: Iterable[str]) -> bool:
    """Whether every wished word is among ``words``, in singular or plural."""
    return all(words & _numbers(each) for each in wished)


def _says(texts: Iterable[Sequence[str]], phrase: Sequence[frozenset[str]]) -> bool:
    """Whether one of ``texts`` holds, in a row, a form of each word of ``phrase``."""
    return any(
        all(text[start + place] in forms for place, forms in enumerate(phrase))
        for text in texts
        for start in range(len(text) - len(phrase) + 1)
    )


def _numbers(word: str) -> frozenset[str]:
    """The word with its likely singulars and plurals: dog, dogs; berry, berries; bus, buses."""
    forms = {word, word + "s", word + "es"}
    if word.endswith("y"):
        forms.add(word[:-1] + "ies")
    for ending, singular in (("s", ""), ("es", ""), ("ies", "y")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            forms.add(word.removesuffix(ending) + singular)
    return frozenset(forms)


def _tag(name: str) -> str:
    return name.strip().casefold().replace("_", "-")
