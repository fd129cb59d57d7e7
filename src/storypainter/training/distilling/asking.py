"""What the student is asked for a story: the teacher's own prompt, the fixed one, or a short order."""

from __future__ import annotations

from dataclasses import dataclass

from storypainter.models.contract import Message
from storypainter.pools import Pool, sample
from storypainter.story import Brief
from storypainter.storytellers.composing import compose
from storypainter.training.distilling.asked import StudentPrompt
from storypainter.training.distilling.drawing import Draw
from storypainter.training.distilling.hindsight import brief_in_hindsight
from storypainter.training.distilling.telling import Candidate


@dataclass(frozen=True, slots=True)
class Question:
    """A prompt and the hash of the templates it was made from."""

    messages: tuple[Message, ...]
    template: str


class Asking:
    """Composes the student's prompt for each candidate.

    Args:
        mode: ``cor_guided``: the prompt that the teacher got where it got such a one, else one with
            examples of its own; ``naive``: the same for all; ``mini``: a Brief in hindsight.
        train: the training part of the Pool, where examples are drawn from.
        examples: how many.
        seed: decides examples and Briefs, with the candidate's key.
    """

    def __init__(self, mode: StudentPrompt, train: Pool, examples: int, seed: int) -> None:
        self.mode = mode
        self._train = train
        self._examples = examples
        self._seed = seed

    def question(self, candidate: Candidate) -> Question:
        """The prompt to which the candidate's story is the answer."""
        draw = Draw(self._seed, candidate.key)
        if self.mode == "naive":
            prompt = compose("naive", brief=Brief())
        elif self.mode == "mini":
            brief = brief_in_hindsight(candidate.story, candidate.scene, draw)
            prompt = compose("mini", brief=brief)
        elif candidate.messages:
            return Question(candidate.messages, candidate.template)
        else:
            others = self._others(candidate)
            drawn = sample(others, self._examples, draw.number("examples"))
            prompt = compose("cor_guided", brief=Brief(), examples=drawn)
        return Question(prompt.messages, prompt.template)

    def _others(self, candidate: Candidate) -> Pool:
        """The training part without the story itself, and without others about its picture."""
        story = candidate.story
        picture = story.id.partition(":")[0]
        left = tuple(
            each
            for each in self._train.stories
            if each.text != story.text
            and (candidate.source != self._train.name or each.id.partition(":")[0] != picture)
        )
        if len(left) == len(self._train.stories):
            return self._train
        return self._train.model_copy(update={"stories": left})
