"""What a student answers to prompts that are given: the worse answers of preference pairs.

The replies are kept as they came, with all that a reader of stories would cut off (preambles,
headings, a second story): that is what the student is to unlearn. Only an empty reply is a failure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Message, Writer
from storypainter.pipeline import Plan
from storypainter.runs.items import items
from storypainter.scene import Scene
from storypainter.settings import Resolved, RunSpec
from storypainter.story import Story, StoryOrigin
from storypainter.storytellers.composing import PromptMode
from storypainter.storytellers.reply_limits import refuse_a_novel
from storypainter.storytellers.sampling import SEEDED, item_seed, parameters_of
from storypainter.storytellers.telling import WriterTeller
from storypainter.storytellers.unreadable import UnreadableReply
from storypainter.training.distilling.workshop import Workshop
from storypainter.value import content_hash

#: Part of every reply's key.
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Prompted:
    """A prompt with the key of the candidate that it belongs to, and its templates' hash."""

    key: str
    messages: tuple[Message, ...]
    template: str


class PromptedTeller:
    """A language model that is asked prompts which are there already, one an item.

    What decides a reply is the prompt and its key, not the item's number: a set that grows keeps
    every reply.

    Args:
        writer: who writes.
        asked: the prompts.
        mode: what kind of prompts they are, for the record.
        seed: of the sampling.
        request: the sampling fields; its messages are replaced.
    """

    def __init__(
        self,
        writer: Writer,
        asked: Sequence[Prompted],
        *,
        mode: PromptMode,
        seed: int,
        request: ChatRequest,
    ) -> None:
        self.writer = writer
        self._asked = tuple(asked)
        self._mode: PromptMode = mode
        self._seed = seed
        self._request = request

    def inputs(self, item: int) -> Mapping[str, Any]:
        asked = self._asked[item]
        return {
            "version": VERSION,
            "prompted": True,
            "model": dict(self.writer.identity),
            "mode": self._mode,
            "template": asked.template,
            "messages": [[message.role, str(message.content)] for message in asked.messages],
            "parameters": parameters_of(self._request),
            "sample": self._sample_of(item),
        }

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        asked = self._asked[item]
        local = self.writer.identity.get("provider") in SEEDED
        number = int(content_hash(asked.key)[:15], 16)
        seed = item_seed(self._seed, number, attempt) % 2**31 if local else None
        reply = await caller.chat(
            self.writer,
            replace(self._request, messages=asked.messages, seed=seed),
            step="story",
            sample=f"{self._sample_of(item)}:{attempt}",
        )
        refuse_a_novel(reply.text)
        if not reply.text.strip():
            raise UnreadableReply("empty", "nothing but spaces")
        return Story(
            id=f"story-{item + 1:05d}",
            text=reply.text.strip(),
            notes=("the reply as it came",)
            + (("cut off at the longest reply",) if reply.finish == "length" else ()),
            origin=StoryOrigin(
                storyteller=self.writer.address,
                mode=self._mode,
                prompt=asked.template,
                seed=self._seed,
                parameters={**parameters_of(self._request), "answers": asked.key},
            ),
        )

    def scene(self, item: int) -> Scene | None:
        return None

    def _sample_of(self, item: int) -> str:
        return f"{self._seed}:{self._asked[item].key}"


class Student:
    """Answers the set's prompts in a run folder of its own.

    Args:
        name: the folder's name, ``student`` or ``smaller``.
        resolved: the settings of the run.
        workshop: where runs are worked through.
    """

    def __init__(
        self, name: str, resolved: Resolved[RunSpec], mode: PromptMode, workshop: Workshop
    ) -> None:
        self.name = name
        self.resolved = resolved
        self._mode: PromptMode = mode
        self._workshop = workshop
        self.address = resolved.spec.storyteller

    def prepared(self, n: int) -> Plan:
        """A plan for ``n`` answers; its prompts are of the set's kind, but not yet the set's own.

        Raises:
            BadInput: what can be known to be wrong.
        """
        return self._workshop.prepared(self.resolved, n, self.name)

    def replies(self, asked: Sequence[Prompted]) -> dict[str, str]:
        """The replies by the keys of their prompts; those that failed are missing.

        Raises:
            StorypainterError: what stopped the run.
        """
        if not asked:
            return {}
        plan = self.prepared(len(asked))
        spec = plan.spec
        assert isinstance(plan.teller, WriterTeller)  # no mode with a plan is asked for
        teller = PromptedTeller(
            plan.teller.writer,
            asked,
            mode=self._mode,
            seed=spec.seed,
            request=ChatRequest(
                messages=(),
                temperature=spec.temperature,
                top_p=spec.top_p,
                max_tokens=spec.max_tokens,
            ),
        )
        prompts = content_hash([[each.key, each.template] for each in asked])
        with self._workshop.work(
            replace(plan, teller=teller),
            self.resolved,
            self.name,
            f"{self.name}'s answers",
            {"prompts": prompts},
        ) as folder:
            return {
                asked[item.index].key: item.story.text
                for item in items(folder)
                if item.story is not None and item.index < len(asked)
            }
