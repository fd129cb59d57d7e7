"""A Brief in hindsight: what somebody could have asked for, so that this story is the answer.

A Mini-Storyteller is asked in a line or two. What a story of the training set answers is read off
the story itself: where it plays, its theme, and things that its text names. Some rows ask for the
setting alone and some for nothing, since people do.
"""

from __future__ import annotations

from collections.abc import Iterator

from storypainter.evaluators.summaries import lexicon_groups
from storypainter.evaluators.tagging import Sentence, Token, sentences
from storypainter.pools.wording import mentions
from storypainter.scene import Scene
from storypainter.story import Brief, Story
from storypainter.training.distilling.drawing import Draw
from storypainter.vocabulary import painter_vocabulary

#: Part of what identifies a training set: raised whenever the same story would get another Brief.
VERSION = "1"
#: Of all rows: nothing is asked; the setting alone is asked.
NOTHING, SETTING_ALONE = 0.10, 0.20
#: Of the other rows: the setting is asked beside the things; so is the theme.
WITH_SETTING, WITH_THEME = 0.75, 0.30
#: At most so many things are asked for.
MOST_THINGS = 3
#: How often a thing is asked for with the adjective before it in the text.
WITH_ADJECTIVE = 0.35

#: Nobody asks for them: everybody in a picture has them.
_BODY = frozenset(
    [
        "arm",
        "back",
        "beard",
        "brow",
        "cheek",
        "chin",
        "ear",
        "elbow",
        "eye",
        "eyebrow",
        "face",
        "finger",
        "fist",
        "foot",
        "forehead",
        "hair",
        "hand",
        "head",
        "knee",
        "leg",
        "lip",
        "mouth",
        "neck",
        "nose",
        "palm",
        "shoulder",
        "thumb",
        "toe",
        "tongue",
        "tooth",
    ]
)
#: Asked for without an article.
_UNCOUNTED = frozenset(
    [
        "bread",
        "bunting",
        "butter",
        "cheese",
        "chalk",
        "flour",
        "fruit",
        "glass",
        "grass",
        "hay",
        "jam",
        "milk",
        "money",
        "mud",
        "paint",
        "paper",
        "powder",
        "rice",
        "rubbish",
        "salt",
        "sand",
        "snow",
        "soap",
        "soup",
        "steam",
        "straw",
        "sugar",
        "washing",
        "water",
        "wine",
        "wood",
        "wool",
    ]
)


def brief_in_hindsight(story: Story, scene: Scene | None, draw: Draw) -> Brief:
    """What the story answers. Everything that it requires is named in the text.

    Args:
        story: what was told.
        scene: its Scene, where there is one.
        draw: decides what is asked, for this row.
    """
    share = draw.share("asked")
    setting = setting_of(story, scene)
    if share < NOTHING:
        return Brief()
    if share < NOTHING + SETTING_ALONE and setting:
        return Brief(setting=setting)
    wanted = 1 + draw.number("how many") % MOST_THINGS
    things = tuple(draw.order("things", things_of(story, draw)))[:wanted]
    theme = theme_of(story) if draw.share("theme") < WITH_THEME else ""
    asked = setting if draw.share("setting") < WITH_SETTING or not things else ""
    return Brief(theme=theme, setting=asked, required=things)


def setting_of(story: Story, scene: Scene | None) -> str:
    """Where the story plays, as far as it is known; else an empty text."""
    if scene is not None:
        return scene.setting.kind
    return _theme(story, "place")


def theme_of(story: Story) -> str:
    """What the story is about, where a theme is recorded with it; else an empty text."""
    return _theme(story, "theme") or _theme(story, "event")


def _theme(story: Story, name: str) -> str:
    value = story.themes.get(name, "")
    return "" if value == "unknown" else value


def things_of(story: Story, draw: Draw | None = None) -> list[str]:
    """What a story names that can be asked for, in the order of its text, as its text names it.

    Args:
        story: what was told.
        draw: decides which things are named with the adjective before them; without one, none is.
    """
    found = dict.fromkeys(_named(story, draw))
    return [thing for thing in found if mentions(story.text, thing)]


def is_plural(thing: str) -> bool:
    """Whether a thing, as :func:`things_of` names it, is a plural."""
    bare = thing.rpartition(" ")[2] in _UNCOUNTED
    return not bare and not thing.startswith(("a ", "an "))


def _named(story: Story, draw: Draw | None) -> Iterator[str]:
    known = {tuple(entity.casefold().split()) for entity in story.entities}
    for sentence in sentences(story.text):
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if not token.is_noun or not token.text.islower() or _goes_on(tokens, at):
                continue
            if token.lemma in _BODY:
                continue
            first = _first_of(sentence, at, known)
            if first is None:
                continue
            before = tokens[first - 1] if first else None
            if (
                draw is not None
                and before is not None
                and before.tag == "AJ0"
                and before.text.islower()
                and draw.share(f"adjective\n{token.start}") < WITH_ADJECTIVE
            ):
                first -= 1
            if _only_compared(tokens, first):
                continue
            words = " ".join(each.text for each in tokens[first : at + 1])
            words = words[0].lower() + words[1:]
            bare = token.tag == "NN2" or token.lemma in _UNCOUNTED
            yield words if bare else f"{_article(words)} {words}"


def _only_compared(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether the text only says what something is like (``like a tired cow``)."""
    return any(each.text.casefold() in ("like", "as") for each in tokens[max(0, first - 3) : first])


def _goes_on(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the noun is only the front of a compound (``ring`` in ``ring box``)."""
    return at + 1 < len(tokens) and tokens[at + 1].is_noun


def _first_of(sentence: Sentence, at: int, known: set[tuple[str, ...]]) -> int | None:
    """Where the name of a concrete thing that ends at a noun begins; ``None`` if it is none.

    Concrete is what the story lists among its entities, and otherwise what the painter can draw
    as a prop or an animal; never a person.
    """
    people, animals = lexicon_groups()["people"], lexicon_groups()["animals"]
    props = painter_vocabulary().props
    for length in (3, 2, 1):
        first = at - length + 1
        if first < 0:
            continue
        before = tuple(token.text.casefold() for token in sentence.tokens[first:at])
        lemma = sentence.tokens[at].lemma
        if lemma in people:
            return None
        name = (*before, lemma)
        joined = " ".join(name)
        if name in known or joined in props or joined in animals:
            return first
    return None


def _article(words: str) -> str:
    return "an" if words[0] in "aeiou" else "a"
