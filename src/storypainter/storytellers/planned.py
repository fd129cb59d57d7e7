"""Planned mode: the planner plans the Chains, a Writer writes from the plan.

What the Writer dropped or added is found by rules that see only the text and one clue at a time;
the Writer is asked once to put it right, and the better of the two texts is kept. Chains whose
clues the text doesn't tell are left out, so that the Story's Chains are those of its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.scene import Scene
from storypainter.story import Brief, Chain, Story, StoryOrigin
from storypainter.storytellers.composing import Prompt, compose_planned, compose_repair
from storypainter.storytellers.reply_limits import refuse_a_novel
from storypainter.storytellers.sampling import SEEDED, item_seed, parameters_of

if TYPE_CHECKING:
    from storypainter.planner import Plan

#: Part of every planned story's key.
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Faults:
    """What a text dropped of its plan, and what it added."""

    dropped: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.dropped or self.stated or self.strangers)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.dropped) + len(self.stated) + len(self.strangers)

    def lines(self) -> list[str]:
        """One line each, for the Writer and for the Story's notes."""
        return [
            *(f"not told: {each}" for each in self.dropped),
            *(f"said outright: {each}" for each in self.stated),
            *(f"not in the plan: {each}" for each in self.strangers),
        ]


def faults_of(text: str, plan: Plan, required: Sequence[str] = ()) -> Faults:
    """Hold a text against its plan. English only."""
    from storypainter.evaluators.clue_recall import TOLD, clue_told
    from storypainter.planner import nouns
    from storypainter.pools.wording import mentions

    story = plan.story
    clues = dict.fromkeys(clue.text for chain in story.chains for clue in chain.clues)
    dropped = [each for each in clues if clue_told(text, each) < TOLD]
    dropped += [each for each in required if not mentions(text, each)]
    stated = [c.conclusion for c in story.chains if clue_told(text, c.conclusion) >= _OUTRIGHT]
    stated = [each for each in stated if clue_told(story.text, each) < _OUTRIGHT]
    planned = [noun for noun in nouns() if mentions(story.text, noun)]
    strangers = [
        noun
        for noun in nouns()
        # "a man" is no stranger where the plan has "an old man"
        if mentions(text, noun) and not any(mentions(each, noun) for each in planned)
    ]
    return Faults(tuple(dropped), tuple(stated), tuple(strangers))


#: From this share of its words on, a conclusion counts as said outright.
_OUTRIGHT = 0.9


class PlannedTeller:
    """A language model that writes from the planner's plans.

    Args:
        writer: who writes.
        brief: what the user asks for. What is required and the planner doesn't know is left to
            the Writer.
        seed: decides the plan of each item.
        request: the sampling fields; its messages are replaced.
    """

    def __init__(self, writer: Writer, *, brief: Brief, seed: int, request: ChatRequest) -> None:
        self.writer = writer
        self._brief = brief
        self._seed = seed
        self._request = request
        self._english = brief.language.strip().casefold()[:2] in ("", "en")
        known, self._extra = _known(brief)
        self._plannable = known.model_copy(update={"language": ""})

    def check(self) -> None:
        """Refuse a Brief that can't be planned."""
        from storypainter import planner

        planner.check(self._seed, self._plannable)

    def inputs(self, item: int) -> Mapping[str, Any]:
        from storypainter import planner

        prompt = self._prompt(item)
        return {
            "version": VERSION,
            "model": dict(self.writer.identity),
            "mode": "planned",
            "planner": planner.version(),  # the Scene is planned again when it is painted
            "template": prompt.template,
            "messages": [str(message.content) for message in prompt.messages],
            "parameters": self.parameters,
            "sample": f"{self._seed}:{item}",
        }

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        prompt = self._prompt(item)
        plan = self._plan(item)
        text, notes = await self._written(prompt.messages, item, attempt, caller, "")
        faults = self._faults(text, plan)
        if faults:
            messages = (
                *prompt.messages,
                Message("assistant", text),
                Message("user", compose_repair(faults.lines())),
            )
            again, more = await self._written(messages, item, attempt, caller, ":repair")
            left = self._faults(again, plan)
            notes = (*notes, f"written again for {faults.count} faults, {left.count} left")
            if left.count <= faults.count:
                text, notes, faults = again, (*more, notes[-1]), left
        chains = plan.story.chains if not self._english else _told(plan.story.chains, faults)
        return Story(
            id=f"story-{item + 1:05d}",
            text=text,
            title=plan.story.title,
            gist=plan.story.gist,
            chains=chains,
            entities=plan.story.entities,
            themes=plan.story.themes,
            notes=(*notes, *faults.lines()),
            origin=StoryOrigin(
                storyteller=self.writer.address,
                mode="planned",
                prompt=prompt.template,
                seed=self._seed,
                parameters={**self.parameters, "plan": plan.story.id},
            ),
        )

    def scene(self, item: int) -> Scene | None:
        return self._plan(item).scene

    @property
    def parameters(self) -> dict[str, Any]:
        """Every sampling field as it is sent."""
        return parameters_of(self._request)

    @property
    def prompt_characters(self) -> int:
        """The length of the first prompt, for estimates."""
        return sum(len(str(message.content)) for message in self._prompt(0).messages)

    def _plan(self, item: int) -> Plan:
        from storypainter import planner

        return planner.plan(self._seed, item, self._plannable)

    def _prompt(self, item: int) -> Prompt:
        return compose_planned(self._plan(item), self._brief, self._extra)

    def _faults(self, text: str, plan: Plan) -> Faults:
        return faults_of(text, plan, self._brief.required) if self._english else Faults()

    async def _written(
        self, messages: tuple[Message, ...], item: int, attempt: int, caller: Caller, which: str
    ) -> tuple[str, tuple[str, ...]]:
        local = self.writer.identity.get("provider") in SEEDED
        seed = item_seed(self._seed, item, attempt, len(messages)) % 2**31 if local else None
        reply = await caller.chat(
            self.writer,
            replace(self._request, messages=messages, seed=seed),
            step="story",
            sample=f"{self._seed}:{item}:{attempt}{which}",
        )
        refuse_a_novel(reply.text)
        from storypainter.storytellers.reading import read_reply  # not before the first call

        # What is required is held against the text with the rest of the plan.
        brief = self._brief.model_copy(update={"required": ()})
        reading = read_reply(reply.text, with_chains=False, brief=brief, finish=reply.finish)
        return reading.text, reading.notes


def _told(chains: tuple[Chain, ...], faults: Faults) -> tuple[Chain, ...]:
    """The Chains all of whose clues the text tells."""
    missing = set(faults.dropped)
    return tuple(chain for chain in chains if not any(clue.text in missing for clue in chain.clues))


def _known(brief: Brief) -> tuple[Brief, tuple[str, ...]]:
    """The Brief with what the planner can plan, and what is left for the Writer."""
    from storypainter import planner

    left = tuple(each for each in brief.required if not planner.knows(each))
    known = tuple(each for each in brief.required if each not in left)
    return brief.model_copy(update={"required": known}), left
