"""From a RunSpec to a Plan: who tells, who paints, at what price.

Everything that can be known to be wrong is refused here, before anything is called or written:
an unknown model, a mode that the storyteller can't follow, too small a pool, a painter that
can't paint what it would get.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from storypainter.director.by_words import LexicalDirector
from storypainter.director.by_writer import WriterDirector
from storypainter.director.contract import Director
from storypainter.errors import BadInput
from storypainter.evaluation import EvaluationPlan
from storypainter.evaluators.catalog import Desk, build, names_of
from storypainter.evaluators.summaries import Summariser, connect_summariser
from storypainter.models.calling import Limits
from storypainter.models.catalog import (
    connect_embedder,
    connect_illustrator,
    connect_seer,
    connect_writer,
    parse_address,
    split_user,
)
from storypainter.models.contract import (
    ChatRequest,
    Embedder,
    ImageRequest,
    Model,
    ModelOptions,
    Seer,
    Writer,
)
from storypainter.models.local_files import user_path
from storypainter.models.mini import sampling_of
from storypainter.models.openai_wire import image_body
from storypainter.models.pricing import PRICES_AS_OF, Price, price_of
from storypainter.models.sessions import Sessions
from storypainter.painters.contract import Painter
from storypainter.painters.embedded import InkPainter
from storypainter.painters.text_to_image import TextToImagePainter, read_template
from storypainter.pipeline import Plan
from storypainter.pools import Pool, load_pool
from storypainter.scene import Scene
from storypainter.settings import CallingSpec, EvaluationSpec, Resolved, RunSpec
from storypainter.story import Brief
from storypainter.storytellers.briefs import BriefedTeller, read_briefs
from storypainter.storytellers.composing import PromptMode
from storypainter.storytellers.given import Given
from storypainter.storytellers.planned import PlannedTeller
from storypainter.storytellers.telling import GivenTeller, PlannerTeller, Teller, WriterTeller

__all__ = ["PRICES_AS_OF", "split_user"]

Closer = Callable[[], Awaitable[None]]


def prepare(resolved: Resolved[RunSpec], environment: Mapping[str, str], *, paint: bool) -> Plan:
    """A plan that writes stories and, if asked, paints them.

    Raises:
        BadInput: see the module's head.
    """
    spec = _with_own_sampling(resolved)
    closers: list[Closer] = []
    sessions: Sessions[Any] = Sessions()
    make = _tellers(spec, environment, sessions, closers)
    brief = spec.brief.model_copy(update={"style": ""})  # the style is the painter's
    teller: Teller
    if spec.briefs:
        briefs = read_briefs(user_path(spec.briefs), brief)
        if resolved.origins.get("n", "default") == "default":
            spec = spec.model_copy(update={"n": len(briefs)})
        elif spec.n > len(briefs):
            raise BadInput(
                f"{spec.briefs} holds {len(briefs)} Briefs, and {spec.n} stories are asked for",
                f"ask for {len(briefs)} at most",
            )
        teller = BriefedTeller(briefs[: spec.n], make)
        for item in range(spec.n):
            teller.inputs(item)  # one that can't be honoured is found before any call
    else:
        teller = make(brief)
    painter = _painter(spec, environment, sessions, closers) if paint else None
    director = _director(spec, environment, sessions, closers) if paint else None
    prices = read_prices(resolved.prices)
    return Plan(spec, spec.n, teller, painter, prices, director, (), tuple(closers))


def _with_own_sampling(resolved: Resolved[RunSpec]) -> RunSpec:
    """The spec with a Mini-Storyteller's own sampling where nobody has asked for another."""
    spec = resolved.spec
    address = parse_address(spec.storyteller)
    if address.provider != "mini":
        return spec
    asked = resolved.origins
    own = sampling_of(address.name).items()
    return spec.model_copy(
        update={name: value for name, value in own if asked.get(name, "default") == "default"}
    )


def _tellers(
    spec: RunSpec,
    environment: Mapping[str, str],
    sessions: Sessions[Any],
    closers: list[Closer],
) -> Callable[[Brief], Teller]:
    """Makes the storyteller of a Brief; a model is connected once for all of them."""
    mode = check_mode(spec)

    if parse_address(spec.storyteller).provider == "planner":
        if spec.adapter:
            raise BadInput(
                f"the planner takes no --adapter {spec.adapter}",
                "drop it, or name its base as --storyteller: transformers/… or llama/…",
            )

        def plans(brief: Brief) -> Teller:
            embedded = PlannerTeller(brief, spec.seed, spec.wording)
            embedded.check()
            return embedded

        return plans
    if spec.wording != "written":
        raise BadInput(
            f"{spec.storyteller} words its stories itself: it has no --wording {spec.wording}",
            "drop --wording, or leave --storyteller at planner",
        )
    pool: Pool | None = load_pool(spec.pool) if mode == "cor_guided" else None
    # The adapter is the storyteller's alone: a painter or a director would refuse or misread it.
    options = replace(
        model_options(spec, environment, spec.base_url, sessions), adapter=spec.adapter or None
    )
    writer = connect_writer(spec.storyteller, options)
    closers.append(writer.aclose)

    def writes(brief: Brief) -> Teller:
        if mode == "planned":
            planned = PlannedTeller(writer, brief=brief, seed=spec.seed, request=_request(spec))
            planned.check()
            return planned
        return WriterTeller(
            writer,
            cast(PromptMode, mode),
            brief=brief,
            pool=pool,
            examples=spec.examples,
            seed=spec.seed,
            with_chains=spec.with_chains,
            request=_request(spec),
        )

    return writes


def prepare_given(
    resolved: Resolved[RunSpec], environment: Mapping[str, str], rows: tuple[Given, ...]
) -> Plan:
    """A plan that paints stories which are already there."""
    spec = resolved.spec
    closers: list[Closer] = []
    sessions: Sessions[Any] = Sessions()
    painter = _painter(spec, environment, sessions, closers)
    director = _director(spec, environment, sessions, closers)
    if director is not None and len(rows) == 1 and rows[0].scene is not None:
        # its wrong word is told before anything is written
        _drawable(rows[0].scene, spec.stand_ins)
    prices = read_prices(resolved.prices)
    return Plan(spec, len(rows), GivenTeller(rows), painter, prices, director, (), tuple(closers))


def prepare_stories(resolved: Resolved[RunSpec], rows: tuple[Given, ...]) -> Plan:
    """A plan that takes stories into a run folder as they are, for an evaluation."""
    spec = resolved.spec.model_copy(update={"storyteller": "given"})
    return Plan(spec, len(rows), GivenTeller(rows), None, {})


def prepare_evaluation(
    resolved: Resolved[EvaluationSpec], environment: Mapping[str, str]
) -> EvaluationPlan:
    """An evaluation that can start: its evaluators, connected to the models they ask.

    Raises:
        BadInput: an unknown evaluator, model or pool, or a price that ``--max-cost`` needs.
    """
    spec = resolved.spec
    models = _Models(spec, environment)
    desk = Desk(spec, models.writer, models.seer, models.embedder, models.pool)
    evaluators = tuple(build(name, desk) for name in names_of(spec.evaluators))
    prices = read_prices(resolved.prices)
    models.check_prices(prices)
    closers = (*models.closers, *(evaluator.aclose for evaluator in evaluators))
    return EvaluationPlan(spec, evaluators, prices, closers)


@dataclass(frozen=True, slots=True)
class DiversityParts:
    """What ``validate diversity`` measures with."""

    summariser: Summariser
    embedder: Embedder
    limits: Limits
    prices: Mapping[str, Price]
    closers: tuple[Closer, ...]
    asks_models: bool


def prepare_diversity_parts(
    resolved: Resolved[EvaluationSpec], environment: Mapping[str, str]
) -> DiversityParts:
    """Summariser and embedder, connected (BadInput as :func:`prepare_evaluation`)."""
    models = _Models(resolved.spec, environment)
    desk = Desk(resolved.spec, models.writer, models.seer, models.embedder, models.pool)
    summariser, embedder = connect_summariser(desk), desk.embedder(resolved.spec.embedder)
    prices = read_prices(resolved.prices)
    models.check_prices(prices)
    plan = EvaluationPlan(resolved.spec, (), prices)
    return DiversityParts(
        summariser, embedder, plan.limits, prices, models.closers, asks_models(plan)
    )


class _Models:
    """The models and the Pool of an evaluation, each connected once, when it is asked for."""

    def __init__(self, spec: EvaluationSpec, environment: Mapping[str, str]) -> None:
        self._spec = spec
        self._environment = environment
        self._sessions: Sessions[Any] = Sessions()
        self._models: dict[tuple[str, str], Model] = {}
        self._pool: Pool | None = None

    def writer(self, address: str) -> Writer:
        if ("write", address) not in self._models:
            self._models["write", address] = connect_writer(address, self._options())
        return cast(Writer, self._models["write", address])

    def seer(self, address: str) -> Seer:
        if ("see", address) not in self._models:
            self._models["see", address] = connect_seer(address, self._options())
        return cast(Seer, self._models["see", address])

    def embedder(self, address: str) -> Embedder:
        if ("embed", address) not in self._models:
            self._models["embed", address] = connect_embedder(address, self._options())
        return cast(Embedder, self._models["embed", address])

    def pool(self) -> Pool:
        self._pool = self._pool or load_pool(self._spec.pool)
        return self._pool

    def check_prices(self, prices: Mapping[str, Price]) -> None:
        """Refuse ``--max-cost`` with a model whose price is unknown."""
        check_prices(self._models.values(), self._spec, prices)

    @property
    def closers(self) -> tuple[Closer, ...]:
        return tuple(model.aclose for model in self._models.values())

    def _options(self) -> ModelOptions:
        return model_options(self._spec, self._environment, self._spec.base_url, self._sessions)


def asks_models(plan: EvaluationPlan) -> bool:
    """Whether an evaluation calls a model whose replies are worth keeping."""
    spec = plan.spec
    free = {"", "offline", "lexical", "chains", "wordllama"}
    asked = (spec.judge, spec.summariser, spec.embedder, spec.seer, spec.rubric, spec.key_points)
    return any(each not in free for each in asked)


def check_mode(spec: RunSpec) -> str:
    """The mode that a spec means; the default depends on who tells.

    Raises:
        BadInput: a mode that the storyteller can't follow.
    """
    if parse_address(spec.storyteller).provider == "planner":
        if spec.mode not in ("", "planned"):
            raise BadInput(
                f"the planner plans; it has no mode {spec.mode}",
                "drop --mode, or choose a model as --storyteller",
            )
        return "planned"
    distilled = parse_address(spec.storyteller).provider == "mini"
    return spec.mode or ("mini" if distilled else "cor_guided")


def _request(spec: RunSpec) -> ChatRequest:
    return ChatRequest(
        messages=(),
        temperature=spec.temperature,
        top_p=spec.top_p,
        max_tokens=spec.max_tokens,
    )


def _director(
    spec: RunSpec, environment: Mapping[str, str], sessions: Sessions[Any], closers: list[Closer]
) -> Director | None:
    """Who stages stories that come without a Scene; nobody for painters that read the story."""
    if parse_address(spec.painter).provider != "ink":
        return None
    if spec.director == "lexicon":
        return LexicalDirector(setting=spec.brief.setting, locale=spec.brief.locale, seed=spec.seed)
    options = model_options(spec, environment, spec.base_url, sessions)
    writer = connect_writer(spec.director, options)
    closers.append(writer.aclose)
    return WriterDirector(writer, _drawable)


def _drawable(scene: Scene, stand_ins: str = "") -> None:
    from storypainter import ink  # on use: geometry libraries take a while to import

    ink.check_scene(scene, stand_ins=stand_ins)


def _painter(
    spec: RunSpec, environment: Mapping[str, str], sessions: Sessions[Any], closers: list[Closer]
) -> Painter:
    style = spec.brief.style
    if parse_address(spec.painter).provider == "ink":
        if spec.template or spec.quality:
            flag = "--template" if spec.template else "--quality"
            raise BadInput(f"ink takes no {flag}", f"drop {flag}, or choose another --painter")
        ink = InkPainter(size=spec.size, style=style, seed=spec.seed, stand_ins=spec.stand_ins)
        closers.append(ink.aclose)
        return ink
    if spec.stand_ins:
        raise BadInput(
            "only ink draws stand-ins", "drop --stand-ins, or leave --painter at its default"
        )
    base_url = spec.painter_base_url or spec.base_url
    options = model_options(spec, environment, base_url, sessions)
    illustrator = connect_illustrator(spec.painter, options)
    closers.append(illustrator.aclose)
    settings: dict[str, Any] = {}
    if spec.steps is not None:
        settings["steps"] = spec.steps
    if spec.guidance is not None:
        settings["guidance"] = spec.guidance
    if illustrator.identity.get("provider") == "diffusers":
        settings["seed"] = spec.seed
    request = ImageRequest(
        prompt="",
        size=spec.size,
        quality=spec.quality,
        background=spec.background,
        output_format=spec.output_format,
        settings=settings,
    )
    if illustrator.identity.get("provider") == "openai":
        image_body(illustrator.identity["model"], request)  # refuses what the model refuses
    template = read_template(spec.template) if spec.template else ""
    return TextToImagePainter(illustrator, request, style=style, template=template)


def model_options(
    spec: CallingSpec,
    environment: Mapping[str, str],
    base_url: str,
    sessions: Sessions[Any] | None = None,
) -> ModelOptions:
    """How a model of this command is called: where it is, with which key, how many at once."""
    return ModelOptions(
        base_url=base_url or None,
        api_key=environment.get("OPENAI_API_KEY", "").strip() or None,
        timeout=spec.timeout,
        connections=spec.max_concurrency,
        device=spec.device,
        sessions=sessions,
    )


def recorded(spec: RunSpec) -> dict[str, Any]:
    """A spec as it may be recorded: base URLs without their user part, nothing secret."""
    plain = spec.model_dump(mode="json")
    for name in ("base_url", "painter_base_url"):
        if plain[name]:
            plain[name] = split_user(plain[name])[0]
    return plain


# ---------------------------------------------------------------------- money


def read_prices(rows: Mapping[str, Mapping[str, float]]) -> dict[str, Price]:
    """The user's own prices, from the config file or ``--price``."""
    return {
        str(parse_address(address)): Price(
            input=row.get("input"),
            output=row.get("output"),
            cached=row.get("cached"),
            each=row.get("picture"),
        )
        for address, row in rows.items()
    }


def read_price_flag(text: str) -> tuple[str, dict[str, float]]:
    """``openai/model=2.5/10`` (dollars a million tokens in / out) or ``openai/model=0.04``.

    Raises:
        BadInput: neither of the two.
    """
    address, _, price = text.rpartition("=")
    try:
        numbers = [float(part) for part in price.split("/")]
        if not address or len(numbers) > 2 or any(not 0 <= x < 1e6 for x in numbers):
            raise ValueError
    except ValueError:
        raise BadInput(
            f"--price {text!r} is not readable",
            "write MODEL=IN/OUT (dollars a million tokens) or MODEL=EACH (dollars a picture)",
        ) from None
    if len(numbers) == 2:
        return address, {"input": numbers[0], "output": numbers[1]}
    return address, {"picture": numbers[0]}


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one step of a plan may cost, in US dollars: likely and at most; ``None``: unknown."""

    step: str
    address: str
    calls: int
    likely: float | None
    most: float | None


def estimate(plan: Plan) -> tuple[Estimate, ...]:
    """What a plan's calls may cost if none of them is stored yet."""
    found: list[Estimate] = []
    spec = plan.spec
    teller, painter = _representative(plan.teller), plan.painter
    if isinstance(teller, WriterTeller | PlannedTeller):
        price = _price(plan, teller.writer)
        characters = teller.prompt_characters
        likely = most = None
        if price is not None:
            # About four characters a token, and a story of 170 words or so.
            likely = price.ceiling(characters * 3 // 8, min(spec.max_tokens, 250), "", "")
            most = price.ceiling(characters, spec.max_tokens, "", "")
        # a planned story may be asked for once more
        calls = plan.n * (2 if isinstance(teller, PlannedTeller) else 1)
        found.append(_times("story", spec.storyteller, calls, likely, most))
    else:
        found.append(Estimate("story", "planner", 0, 0.0, 0.0))
    if isinstance(painter, TextToImagePainter):
        price = _price(plan, painter.illustrator)
        each = None if price is None else price.ceiling(1200, 0, spec.quality, spec.size)
        found.append(_times("picture", spec.painter, plan.n, each, each))
    elif painter is not None:
        found.append(Estimate("picture", "ink", 0, 0.0, 0.0))
    return tuple(found)


def _representative(teller: Teller) -> Teller:
    """A storyteller that stands for all of a run's in what it costs."""
    return teller.first if isinstance(teller, BriefedTeller) else teller


def _price(plan: Plan, model: Model) -> Price | None:
    return price_of(model.identity, plan.prices, model.address)


def _times(step: str, address: str, n: int, likely: float | None, most: float | None) -> Estimate:
    return Estimate(
        step,
        address,
        n,
        None if likely is None else likely * n,
        None if most is None else most * n,
    )


def check_ceiling(plan: Plan) -> None:
    """Refuse ``--max-cost`` together with a model whose price is unknown, before any call."""
    models: list[Model] = []
    teller = _representative(plan.teller)
    if isinstance(teller, WriterTeller | PlannedTeller):
        models.append(teller.writer)
    if isinstance(plan.painter, TextToImagePainter):
        models.append(plan.painter.illustrator)
    check_prices(models, plan.spec, plan.prices)


def check_prices(models: Iterable[Model], spec: CallingSpec, prices: Mapping[str, Price]) -> None:
    """Refuse ``--max-cost`` together with a model whose price is unknown.

    Raises:
        BadInput: which model's.
    """
    if spec.max_cost is None:
        return
    for model in models:
        if price_of(model.identity, prices, model.address) is None:
            raise BadInput(
                f"the price of {model.address} is unknown, so --max-cost can't be kept",
                f"give it with --price {model.address}=IN/OUT, or drop --max-cost",
            )
