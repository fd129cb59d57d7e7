"""Who tells the stories of a run: a Writer with a prompt, the embedded planner, or a file.

A Teller answers two questions about item k: what decides its story (``inputs``, for the key)
and the story itself. Both are pure functions of k, so that item k is the same however many are
asked for and wherever a run was interrupted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any, Literal, Protocol, cast

from storypainter.models.calling import Caller
from storypainter.models.contract import ChatRequest, Writer
from storypainter.pools import Pool, sample
from storypainter.scene import Scene
from storypainter.story import Brief, Story, StoryOrigin
from storypainter.storytellers.composing import Prompt, PromptMode, compose
from storypainter.storytellers.given import Given
from storypainter.storytellers.reply_limits import refuse_a_novel
from storypainter.storytellers.sampling import SEEDED, item_seed, parameters_of

#: Part of every story's key: raise it when reading or numbering changes what a reply becomes.
VERSION = "1"
#: Prompts held between key and story; beyond that (items done before) they are composed again.
_PROMPTS_KEPT = 512


class Teller(Protocol):
    """Tells the stories of a run, one an item."""

    def inputs(self, item: int) -> Mapping[str, Any]:
        """All that decides the story of an item, as plain JSON, for its key."""
        ...

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        """The story of an item; ``attempt`` counts its failures in earlier runs."""
        ...

    def scene(self, item: int) -> Scene | None:
        """The Scene that the storyteller planned with the story, if it plans Scenes."""
        ...


class WriterTeller:
    """A language model with a prompt: naive or CoR-guided (paper, section 2.2), or mini.

    Args:
        writer: who writes.
        mode: ``naive``, ``cor_guided`` or ``mini``.
        brief: what the user asks for.
        pool: where ``cor_guided`` samples its examples, ``examples`` a prompt.
        seed: together with the item it decides the examples.
        request: the sampling fields; its messages are replaced.
    """

    def __init__(
        self,
        writer: Writer,
        mode: PromptMode,
        *,
        brief: Brief,
        pool: Pool | None,
        examples: int,
        seed: int,
        with_chains: bool,
        request: ChatRequest,
    ) -> None:
        self.writer = writer
        self._mode: PromptMode = mode
        self._brief = brief
        self._pool = pool if mode == "cor_guided" else None
        self._examples = examples
        self._seed = seed
        self._with_chains = with_chains
        self._request = request
        self._latest: dict[int, Prompt] = {}
        self._prompt_of(0)  # too small a pool is found before any call

    def inputs(self, item: int) -> Mapping[str, Any]:
        prompt = self._prompt_of(item)
        return {
            "version": VERSION,
            "model": dict(self.writer.identity),
            "mode": self._mode,
            "template": prompt.template,
            # Not the pool's content: what was drawn from it stands in the messages.
            "pool": self._pool.name if self._pool else None,
            "examples": [example.id for example in prompt.examples],
            "messages": [str(message.content) for message in prompt.messages],
            "parameters": self.parameters,
            "with_chains": self._with_chains,
            "sample": self._sample_of(item),
        }

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        prompt = self._prompt_of(item)
        reply = await caller.chat(
            self.writer,
            self._request_with(prompt, item, attempt),
            step="story",
            sample=f"{self._sample_of(item)}:{attempt}",
        )
        refuse_a_novel(reply.text)
        from storypainter.storytellers.reading import read_reply  # not before the first call

        reading = read_reply(
            reply.text, with_chains=self._with_chains, brief=self._brief, finish=reply.finish
        )
        origin = StoryOrigin(
            storyteller=self.writer.address,
            mode=self._mode,
            prompt=prompt.template,
            pool=self._pool.name if self._pool else None,
            seed=self._seed,
            examples=prompt.examples,
            parameters=self.parameters,
        )
        return Story(
            id=f"story-{item + 1:05d}",
            text=reading.text,
            title=reading.title,
            chains=reading.chains,
            notes=reading.notes,
            origin=origin,
        )

    def scene(self, item: int) -> Scene | None:
        return None

    @property
    def parameters(self) -> dict[str, Any]:
        """Every sampling field as it is sent."""
        return parameters_of(self._request)

    @property
    def prompt_characters(self) -> int:
        """The length of the first prompt, for estimates."""
        return sum(len(str(message.content)) for message in self._prompt_of(0).messages)

    def _prompt_of(self, item: int) -> Prompt:
        """The prompt of an item; kept between the question for its key and that for its story."""
        prompt = self._latest.pop(item, None)
        if prompt is None:
            prompt = self._latest[item] = self._composed(item)
            if len(self._latest) > _PROMPTS_KEPT:
                del self._latest[next(iter(self._latest))]
        return prompt

    def _composed(self, item: int) -> Prompt:
        chosen: tuple[Story, ...] = ()
        if self._pool is not None:
            chosen = sample(self._pool, self._examples, item_seed(self._seed, item))
        return compose(
            self._mode, brief=self._brief, examples=chosen, with_chains=self._with_chains
        )

    def _request_with(self, prompt: Prompt, item: int, attempt: int) -> ChatRequest:
        # Local models sample by a seed: one of its own for every item and attempt, so that
        # equal prompts give different stories, and the same ones again. Servers get none.
        local = self.writer.identity.get("provider") in SEEDED
        seed = item_seed(self._seed, item, attempt) % 2**31 if local else None
        return replace(self._request, messages=prompt.messages, seed=seed)

    def _sample_of(self, item: int) -> str:
        # The naive prompt is the same for every item: only this makes its replies differ.
        return f"{self._seed}:{item}"


class PlannerTeller:
    """The embedded storyteller: plans its Chains and Scene together with the text."""

    def __init__(
        self, brief: Brief, seed: int, wording: Literal["written", "plain"] = "written"
    ) -> None:
        self._brief = brief
        self._seed = seed
        self._wording = wording

    def check(self) -> None:
        """Refuse a Brief that can't be honoured."""
        self._plan(0)

    def inputs(self, item: int) -> Mapping[str, Any]:
        return {
            "version": VERSION,
            "planner": _planner().version(),
            "brief": self._brief.to_plain(),
            "seed": self._seed,
            "item": item,
            **({"wording": self._wording} if self._wording != "written" else {}),
        }

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        return cast(Story, self._plan(item).story)

    def scene(self, item: int) -> Scene | None:
        return cast(Scene, self._plan(item).scene)

    def _plan(self, item: int) -> Any:
        return _planner().plan(self._seed, item, self._brief, self._wording)


class GivenTeller:
    """Stories from a file: told as they stand."""

    def __init__(self, rows: tuple[Given, ...]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def inputs(self, item: int) -> Mapping[str, Any]:
        story, scene = self._rows[item]
        return {
            "version": VERSION,
            "story": story.to_plain(),
            "scene": scene.to_plain() if scene else None,
        }

    async def tell(self, item: int, attempt: int, caller: Caller) -> Story:
        return self._rows[item].story

    def scene(self, item: int) -> Scene | None:
        return self._rows[item].scene


def _planner() -> ModuleType:
    from storypainter import planner  # on use: its worlds take a while to read

    return planner
