"""A Writer as director: it fills in a Scene by a schema, and mends it once where a word is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, Self

from pydantic import model_validator

from storypainter.errors import BadInput
from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.models.delimiting import inside_tags
from storypainter.models.structured import chat_json
from storypainter.scene import Scene
from storypainter.story import Story
from storypainter.value import content_hash
from storypainter.vocabulary import Vocabulary, painter_vocabulary

_MOST_TOKENS = 6000
_REPAIRS = 1
#: Checks a Scene against what a painter can draw; raises BadInput.
Check = Callable[[Scene], None]


class WriterDirector:
    """Directs by asking a Writer at temperature 0.

    Args:
        writer: whom to ask.
        check: what the painter says of a Scene; its complaint goes back to the Writer once.
    """

    def __init__(self, writer: Writer, check: Check) -> None:
        self.writer = writer
        self._kind = _checked(check)
        self._prompt = (files("storypainter.director") / "prompts/scene.md").read_text("utf-8")

    def inputs(self, story: Story) -> Mapping[str, Any]:
        return {
            "director": dict(self.writer.identity),
            "prompt": content_hash([self._prompt, _own_lists()]),
            "text": story.text,
            "clues": list(_clues(story)),
        }

    async def direct(self, story: Story, *, sample: str, caller: Caller) -> Scene:
        """The Scene of a story.

        Raises:
            CallFailed: no answer is a Scene that the painter can draw, after one repair.
        """
        clues = _clues(story)
        listed = "\n".join(f"- {name}: {text}" for name, text in clues.items()) or "(none)"
        prompt = Template(self._prompt).substitute(
            story=inside_tags(story.text, "story"),
            clues=listed,
            **_own_lists(),
        )
        request = ChatRequest(
            (Message("user", prompt),), temperature=0.0, top_p=1.0, max_tokens=_MOST_TOKENS
        )
        made = await chat_json(
            caller, self.writer, request,
            kind=self._kind, step="scene", sample=sample, repairs=_REPAIRS,
        )  # fmt: skip
        return _known_clues(Scene.model_validate(made.model_dump()), set(clues))


def _checked(check: Check) -> type[Scene]:
    """A Scene that is valid only if a painter can draw it."""

    class DrawableScene(Scene):
        """A Scene of the illustrator's words."""

        @model_validator(mode="after")
        def _drawable(self) -> Self:
            try:
                check(self)
            except BadInput as error:
                raise ValueError(f"{error.message} ({error.hint})") from None
            return self

    return DrawableScene


def _clues(story: Story) -> dict[str, str]:
    """The Clues of a story's Chains by id; those without one are numbered."""
    found: dict[str, str] = {}
    for chain in story.chains:
        for clue in chain.clues:
            name = clue.id or f"c{len(found) + 1}"
            if clue.text not in found.values():
                found.setdefault(name, clue.text)
    return found


def _known_clues(scene: Scene, known: set[str]) -> Scene:
    """The Scene without clues that the story doesn't have."""
    plain = scene.to_plain()
    for group in ("people", "animals", "props", "signs"):
        for element in plain.get(group, ()):
            element["clues"] = [clue for clue in element.get("clues", ()) if clue in known]
    return Scene.model_validate(plain)


@cache
def _own_lists() -> dict[str, str]:
    return word_lists(painter_vocabulary())


def word_lists(vocabulary: Vocabulary) -> dict[str, str]:
    """The painter's words as the prompt lists them, by the prompt's names."""

    def plain(words: Any) -> str:
        return ", ".join(sorted(words))

    def with_more(words: Mapping[str, Any], least: int = 1) -> str:
        told = []
        for word, more in sorted(words.items()):
            listed = sorted(more)
            told.append(f"{word} ({', '.join(listed)})" if len(listed) > least else word)
        return "; ".join(told)

    carriers = {*vocabulary.surfaces, *vocabulary.seats, *vocabulary.berths}
    return {
        "most": str(vocabulary.most_people),
        "settings": with_more(vocabulary.settings, 0),
        "roles": plain(vocabulary.roles),
        "poses": plain(vocabulary.poses),
        "expressions": plain(vocabulary.expressions),
        "attire": plain(vocabulary.attire),
        "hair": plain(vocabulary.hair),
        "hair_colours": plain(vocabulary.hair_colours),
        "beards": plain(vocabulary.beards),
        "skins": plain(vocabulary.skins),
        "animals": with_more(vocabulary.animals),
        "props": with_more(vocabulary.props),
        "holdable": plain(vocabulary.holdable),
        "carriers": plain(carriers),
        "signs": with_more(vocabulary.signs),
        "colours": plain(vocabulary.colours),
    }
