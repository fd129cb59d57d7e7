"""The message that asks a Writer for a story, in naive, CoR-guided or mini mode.

The templates are the files in ``prompts/``; everything that steers a Writer stands there and
nothing in this module. Placeholders are those of ``string.Template``, filled in one pass, so a
``$`` in an example or a Brief is only a ``$``.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template
from typing import TYPE_CHECKING, Literal, cast, get_args

from storypainter.errors import BadInput
from storypainter.models.contract import Message
from storypainter.pools.naive import NAIVE_EXAMPLE_ID, naive_example
from storypainter.scene import Person
from storypainter.story import Brief, ExampleUsed, Story

if TYPE_CHECKING:
    from storypainter.planner import Plan

#: How many in-context examples the paper's CoR-guided mode samples for each story.
EXAMPLES = 3
PromptMode = Literal["naive", "cor_guided", "mini"]
_MODES: tuple[str, ...] = get_args(PromptMode)

_PROMPTS: Traversable = files("storypainter.storytellers") / "prompts"
_TAG = re.compile(r"<(?=\s*/?\s*(?:example|order)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent, the hash of the template files it was made from, the examples in it."""

    messages: tuple[Message, ...]
    template: str
    examples: tuple[ExampleUsed, ...]


def compose(
    mode: PromptMode,
    *,
    brief: Brief,
    examples: Sequence[Story] = (),
    with_chains: bool = False,
) -> Prompt:
    """The prompt for one story.

    ``examples`` are shown as texts only, in the order given; the paper shows three, drawn anew
    for each story. A naive prompt shows its one fixed example, which counts as used. An empty Brief adds nothing. With ``with_chains`` the Writer is also asked
    for the Chains of its story, in the same reply.

    ``mini`` is the prompt of a Mini-Storyteller: the Brief's wishes and nothing else, since what
    the other prompts explain and show is what it was trained for.

    Raises:
        BadInput: an unknown mode, examples in another mode than CoR-guided or none in it, or
            Chains in mini mode.
    """
    if mode not in _MODES:
        raise BadInput(f"{mode!r} is no mode with a prompt", f"use {', '.join(_MODES)}")
    if mode != "cor_guided" and examples:
        raise BadInput(f"{mode} mode takes no examples", "use cor_guided, or pass no examples")
    if mode == "mini" and with_chains:
        raise BadInput(
            "a Mini-Storyteller writes no Chains", "drop --with-chains, or use another mode"
        )
    if mode == "cor_guided" and not examples:
        raise BadInput("CoR-guided mode needs examples", f"sample {EXAMPLES} from a pool")
    asked = brief != Brief()
    used = tuple(ExampleUsed(id=story.id, text=_defused(story.text)) for story in examples)
    if mode == "naive":
        used = (ExampleUsed(id=NAIVE_EXAMPLE_ID, text=naive_example()),)
    values = {
        "format": _block(_file("format.md")),
        "brief": _block(_brief_block(brief)) if asked else "",
        "wishes": "\n".join(["", *_wishes(brief)]),
        "chains": "\n\n" + _file("with_chains.md") if with_chains else "",
        "example": naive_example(),
        "examples": _block(_examples_block(used)) if mode == "cor_guided" else "",
    }
    text = Template(_file(f"{mode}.md")).substitute(values)
    return Prompt(
        messages=(Message("user", text.strip()),),
        template=_hash_of(_files_used(mode, brief, with_chains)),
        examples=used,
    )


def compose_planned(plan: Plan, brief: Brief, extra: Sequence[str] = ()) -> Prompt:
    """The prompt that asks for a story from a plan.

    ``extra`` is what the Brief requires beyond the plan. What the planner has honoured already
    (theme, setting, people, numbers) is not asked for again.
    """
    story, scene = plan.story, plan.scene
    here = scene.setting
    clues: dict[str, str] = {}
    for chain in story.chains:
        for clue in chain.clues:
            clues[clue.id or clue.text] = clue.text
    listed = [*clues.values(), *(_defused(" ".join(each.split())) for each in extra)]
    order = Brief(
        language=brief.language, locale=brief.locale, audience=brief.audience,
        forbidden=brief.forbidden,
    )  # fmt: skip
    asked = order != Brief()
    values = {
        "place": f"{story.themes.get('place', here.kind)}, {here.season}, {here.time_of_day}",
        "time": f"Weather: {here.weather}.",
        "people": "\n".join(f"- {_person(each)}" for each in scene.people),
        "clues": "\n".join(f"{n}. {text}" for n, text in enumerate(listed, 1)),
        "conclusions": "\n".join(f"- {chain.conclusion}" for chain in story.chains),
        "format": _block(_file("format.md")),
        "brief": _block(_brief_block(order)) if asked else "",
    }
    text = Template(_file("planned.md")).substitute(values)
    files = ["planned.md", "planned_repair.md", "format.md"]
    files += ["brief.md", "wishes.toml"] if asked else []
    return Prompt(messages=(Message("user", text.strip()),), template=_hash_of(files), examples=())


def compose_repair(faults: Sequence[str]) -> str:
    """The message that asks a Writer to put right what it dropped or added."""
    shown = "\n".join(f"- {each}" for each in faults)
    return Template(_file("planned_repair.md")).substitute(faults=shown).strip()


def _person(person: Person) -> str:
    worn = ", ".join(f"{g.colour} {g.kind}" if g.colour else g.kind for g in person.attire)
    return f"{person.role}, {person.age}, {person.gender}" + (f"; wears {worn}" if worn else "")


def _block(text: str) -> str:
    return text.strip() + "\n\n"


def _examples_block(examples: Sequence[ExampleUsed]) -> str:
    shown = "\n\n".join(f"<example>\n{example.text}\n</example>" for example in examples)
    return Template(_file("examples.md")).substitute(examples=shown)


def _brief_block(brief: Brief) -> str:
    wishes = "\n".join(f"- {wish}" for wish in _wishes(brief))
    return Template(_file("brief.md")).substitute(wishes=wishes)


def _wishes(brief: Brief) -> list[str]:
    """The Brief as lines, a line for each field that is filled."""
    wording = tomllib.loads(_file("wishes.toml"))
    wishes: list[str] = []
    for field, line in cast("dict[str, str]", wording["wish"]).items():
        asked = getattr(brief, field)
        value = asked if isinstance(asked, str) else "; ".join(asked)
        value = " ".join(_defused(value).split()).rstrip(".")
        if value:
            wishes.append(Template(line).substitute(value=value))
    if brief.richness:
        wishes.append(wording["richness"][brief.richness])
    if _counts(brief):
        counts = tomllib.loads(_file("counts.toml"))
        for field, line in cast("dict[str, str]", counts["wish"]).items():
            asked = getattr(brief, field)
            if asked is not None and asked != ():
                value = str(asked) if isinstance(asked, int) else _defused("; ".join(asked))
                wishes.append(Template(line).substitute(value=value))
        if brief.tension:
            wishes.append(counts["tension"][brief.tension])
    return wishes


def _counts(brief: Brief) -> bool:
    """Whether a Brief asks for numbers, minima or a tension."""
    given = (brief.clues, brief.chains, brief.causal)
    return any(each is not None for each in given) or bool(brief.at_least or brief.tension)


def _defused(text: str) -> str:
    """The text with our own delimiting tags made harmless, so that data can't end its block."""
    return _TAG.sub("‹", text)


def _files_used(mode: PromptMode, brief: Brief, with_chains: bool) -> list[str]:
    names = [f"{mode}.md", "format.md"] if mode != "mini" else ["mini.md"]
    if mode == "cor_guided":
        names.append("examples.md")
    if brief != Brief():
        names += ["brief.md", "wishes.toml"] if mode != "mini" else ["wishes.toml"]
    if _counts(brief):
        names.append("counts.toml")
    if with_chains:
        names.append("with_chains.md")
    return names


def _hash_of(names: Sequence[str]) -> str:
    """A 32-digit hash (BLAKE2b) of the files' names and bytes, in order."""
    digest = hashlib.blake2b(naive_example().encode(), digest_size=16)
    for name in names:
        data = _file(name).encode()
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


@cache
def _file(name: str) -> str:
    return (_PROMPTS / name).read_text(encoding="utf-8")
