"""What an experiment may cost, before anything is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storypainter import assembly, settings
from storypainter.errors import StorypainterError
from storypainter.experiments.asked import Experiment, Row
from storypainter.experiments.rows import Prices, chosen_rows, resolved_row
from storypainter.models.pricing import price_of
from storypainter.settings import Resolved
from storypainter.story import Story
from storypainter.storytellers.given import Given

#: Calls a story by the setting that names the model, for each evaluator (about: of a picture, the
#: paper's seven Dimensions, one question each where the protocol asks yes or no for key points).
_CALLS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "moment": (("judge", 1),),
    "diversity": (("summariser", 1),),
    "complexity": (("seer", 1), ("rubric", 1)),
    "alignment": (("key_points", 1), ("seer", 1)),
    "retelling": (("seer", 1), ("key_points", 1)),
}
_YES_NO = 12
_FREE = ("", "offline", "lexical", "chains", "wordllama")
#: A call of a judge: characters in, tokens out.
_CHARACTERS, _TOKENS = 6000, 400


@dataclass(frozen=True, slots=True)
class Cost:
    """What a part of an experiment may cost in US dollars; ``None``: the price is unknown.

    ``problem`` says why a row can't run as things are.
    """

    row: str
    what: str
    address: str
    calls: int
    likely: float | None
    most: float | None
    problem: str = ""


def costs(
    experiment: Experiment,
    environment: Mapping[str, str],
    *,
    only: Sequence[str] = (),
    prices: Prices | None = None,
) -> tuple[Cost, ...]:
    """The cost of each row's parts if nothing is stored yet; shared stories count once."""
    rows = chosen_rows(experiment, only)
    longest: dict[str, int] = {}
    for row in rows:
        longest[row.story_key] = max(longest.get(row.story_key, 0), row.n)
    told: set[str] = set()
    found: list[Cost] = []
    for row in rows:
        if row.not_runnable:
            found.append(Cost(row.name, "", "", 0, 0.0, 0.0, row.not_runnable))
            continue
        try:
            found += _row(row, environment, prices, longest, told)
        except StorypainterError as error:
            found.append(Cost(row.name, "", "", 0, None, None, str(error)))
    stories = sum(row.n for row in rows if not row.not_runnable)
    return (*found, *_evaluation(experiment, stories, environment, prices))


def _row(
    row: Row,
    environment: Mapping[str, str],
    prices: Prices | None,
    longest: Mapping[str, int],
    told: set[str],
) -> list[Cost]:
    resolved, _ = resolved_row(row, environment, prices)
    found = []
    if not row.stories and not row.pictures and row.story_key not in told:
        told.add(row.story_key)
        spec = resolved.spec.model_copy(update={"n": longest[row.story_key]})
        shared = Resolved(spec, resolved.origins, resolved.prices)
        plan = assembly.prepare(shared, environment, paint=False)
        found += [_cost(row, each) for each in assembly.estimate(plan)]
    if not row.pictures and row.settings.get("painter") != "none":
        blank = tuple(Given(Story(id=f"story-{k}", text="A story."), None) for k in range(row.n))
        plan = assembly.prepare_given(resolved, environment, blank)
        found += [_cost(row, each) for each in assembly.estimate(plan) if each.step == "picture"]
    return found


def _cost(row: Row, each: assembly.Estimate) -> Cost:
    return Cost(row.name, each.step, each.address, each.calls, each.likely, each.most)


def _evaluation(
    experiment: Experiment, stories: int, environment: Mapping[str, str], prices: Prices | None
) -> list[Cost]:
    """The judges' calls, about: one line a model."""
    spec = experiment.evaluation
    calls: dict[str, int] = {}
    for name in experiment.evaluators:
        for key, each in _CALLS.get(name, ()):
            address = str(spec.get(key, ""))
            if address in _FREE:
                continue
            many = name == "alignment" and key == "seer" and spec.get("protocol") != "scores"
            calls[address] = calls.get(address, 0) + (_YES_NO if many else each) * stories
    base = str(spec.get("base_url", "") or environment.get("OPENAI_BASE_URL", ""))
    own = assembly.read_prices({**settings.resolve({}, environment).prices, **(prices or {})})
    found = []
    for address, count in calls.items():
        provider, _, model = address.partition("/")
        identity = {
            "provider": provider, "model": model, "base_url": base or "https://api.openai.com/",
        }  # fmt: skip
        price = price_of(identity, own, address)
        likely = most = None
        if price is not None:
            likely = price.ceiling(_CHARACTERS // 2, _TOKENS // 2, "", "", 1)
            most = price.ceiling(_CHARACTERS, 2 * _TOKENS, "", "", 1)
        times = [None if x is None else x * count for x in (likely, most)]
        found.append(Cost("all rows", "judging", address, count, times[0], times[1]))
    return found
