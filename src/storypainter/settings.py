"""What a run is asked to do, and where each value came from.

Flags come before environment variables (``STORYPAINTER_N``), those before ``storypainter.toml``
in the current folder, that before the defaults. Keys are read from ``OPENAI_API_KEY`` only and
are no part of a RunSpec, so that no record of a run can hold one.
"""

from __future__ import annotations

import difflib
import math
import re
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import Field, ValidationError

from storypainter.errors import BadInput
from storypainter.story import Brief
from storypainter.value import Seed, Value, first_problem

PREFIX = "STORYPAINTER_"
CONFIG_FILE = "storypainter.toml"
Origin = Literal["flag", "environment", "file", "default"]

#: Settings whose environment variable is a convention of the field, tried after our own.
ALSO_KNOWN_AS = {"base_url": "OPENAI_BASE_URL"}

_SECRET_NAME = re.compile(r"key|token|secret|password", re.I)

Positive = Annotated[int, Field(ge=1)]
Size = Annotated[str, Field(pattern=r"^(auto|[1-9][0-9]{1,4}x[1-9][0-9]{1,4})$")]


class CallingSpec(Value):
    """How models are called: what every command that calls one has in common."""

    base_url: str = Field("", description="an OpenAI-compatible server's address")
    device: str = Field("auto", description="device of local models: auto, cpu, cuda")
    max_concurrency: Positive = Field(64, description="model calls in flight, all kinds together")
    start_concurrency: Positive = Field(
        8, description="calls in flight at the start; equal to the maximum = fixed"
    )
    rpm: Annotated[float, Field(gt=0)] | None = Field(
        None, description="calls a minute to one model at most"
    )
    max_cost: Annotated[float, Field(ge=0)] | None = Field(
        None, description="US dollars that the whole run may cost"
    )
    timeout: Annotated[float, Field(gt=0)] = Field(
        300.0,
        description="seconds after which a call counts as hung; models in this process have "
        "no such limit unless another is given",
    )


class EvaluationSpec(CallingSpec):
    """Everything that an evaluation is asked to do. Field descriptions are the help texts."""

    evaluators: str = Field(
        "moment,copying,diversity", description="which evaluators, separated by commas"
    )
    judge: str = Field(
        "offline", description="who judges moments: offline (rules), or provider/model"
    )
    summariser: str = Field(
        "lexical",
        description="who names time, place, people and event for diversity: lexical (offline, "
        "by words), chains (a story's own Chains), or provider/model",
    )
    embedder: str = Field(
        "wordllama", description="who embeds: wordllama (embedded), or provider/model"
    )
    seer: str = Field(
        "",
        description="who looks at the pictures: provider/model; without one, what needs eyes is "
        "judged by the Scene where there is one, and absent elsewhere",
    )
    extraction: Literal["cot", "naive"] = Field(
        "cot",
        description="what the Seer writes for complexity: cot (clues, conclusions, description) or "
        "naive (a description)",
    )
    rubric: str = Field(
        "", description="who rates complexity by the rubric: provider/model; nobody without one"
    )
    scorer: str = Field(
        "", description="a folder made by train scorer, which rates complexity; none without one"
    )
    key_points: str = Field(
        "chains",
        description="who takes key points from a story for alignment: chains (its own Chains), or "
        "provider/model",
    )
    protocol: Literal["yes_no", "scores"] = Field(
        "yes_no",
        description="what the Seer answers for alignment: yes_no (each key point) or scores (each "
        "Dimension, and one overall)",
    )
    neighbours: Annotated[int, Field(ge=1, le=1000)] = Field(
        5, description="K of diversity: the nearest neighbours of each story"
    )
    director: str = Field(
        "lexicon",
        description="who turns a story into a Scene for ink: lexicon (no model), or provider/model",
    )
    pool: str = Field("own", description="stories that none may copy: a pool's name or a file")
    seed: Seed = Field(0, description="decides every random choice, such as subsamples")


class RunSpec(CallingSpec):
    """Everything that a run is asked to do. Field descriptions are the help texts."""

    n: Positive = Field(1, description="how many stories (or pairs) to make")
    storyteller: str = Field("planner", description="who writes: planner, or provider/model")
    mode: Literal["", "naive", "cor_guided", "planned", "mini"] = Field(
        "",
        description="how the storyteller is guided: naive, cor_guided, planned, or mini (the short "
        "prompt that Mini-Storytellers are trained on)",
    )
    painter: str = Field("ink", description="who paints: ink, or provider/model")
    director: str = Field(
        "lexicon",
        description="who turns a story into a Scene for ink: lexicon (no model), or provider/model",
    )
    stand_ins: Literal["", "openmoji"] = Field(
        "",
        description="whose pictures ink may draw for props that it lacks: openmoji (CC BY-SA 4.0, "
        "which the picture's record then says)",
    )
    pool: str = Field("own", description="example stories for cor_guided: a name or a file")
    examples: Annotated[int, Field(ge=0, le=20)] = Field(
        3, description="in-context examples a prompt"
    )
    seed: Seed = Field(0, description="decides the examples of each item and the planner's order")
    temperature: Annotated[float, Field(ge=0, le=2)] = Field(
        1.0, description="the storyteller's sampling temperature, 0 to 2"
    )
    top_p: Annotated[float, Field(ge=0, le=1)] = Field(1.0, description="nucleus sampling, 0 to 1")
    max_tokens: Positive = Field(1024, description="longest reply of the storyteller, in tokens")
    with_chains: bool = Field(False, description="ask the storyteller for its Chains as well")
    size: Size = Field("1024x1024", description="picture size, WIDTHxHEIGHT in pixels, or auto")
    quality: str = Field("", description="the painter's quality, such as medium or hd")
    background: str = Field("", description="transparent, opaque or auto, where the painter can")
    output_format: Literal["", "png", "jpeg", "webp"] = Field(
        "", description="picture format: png, jpeg or webp, where the painter can"
    )
    template: str = Field("", description="a file with the painter's prompt; $story stands in it")
    steps: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        None, description="denoising steps of a diffusers painter"
    )
    guidance: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="guidance scale of a diffusers painter"
    )
    painter_base_url: str = Field("", description="the painter's server, if it is another one")
    adapter: str = Field(
        "",
        description="a LoRA adapter for a local storyteller; FILE.gguf@0.5 counts half, @0 not at all",
    )
    wording: Literal["written", "plain"] = Field(
        "written",
        description="how the planner words a plan: written (the worlds' own sentences) or plain (a "
        "sentence for each clue)",
    )
    briefs: str = Field(
        "", description="a JSONL file with a Brief a line: story k is told to Brief k"
    )
    brief: Brief = Brief()


S = TypeVar("S", bound=CallingSpec)


@dataclass(frozen=True, slots=True)
class Resolved(Generic[S]):
    """A spec, where each of its values came from, and the prices of the config file."""

    spec: S
    origins: Mapping[str, Origin]
    prices: Mapping[str, Mapping[str, float]]


#: Fields of the Brief can be set one by one, as ``--locale`` or STORYPAINTER_LOCALE.
BRIEF_FIELDS = tuple(Brief.model_fields)
_KNOWN = tuple(
    name
    for name in dict.fromkeys((*RunSpec.model_fields, *EvaluationSpec.model_fields, *BRIEF_FIELDS))
    if name != "brief"
)
_LISTS = frozenset({"people", "required", "forbidden", "at_least"})


def resolve(
    flags: Mapping[str, Any], environment: Mapping[str, str], folder: Path | None = None
) -> Resolved[RunSpec]:
    """Merge flags, environment and ``storypainter.toml`` into a RunSpec.

    Args:
        flags: what was given on the command line; ``None`` values were not given.
        environment: usually ``os.environ``.
        folder: where ``storypainter.toml`` may lie; the current folder if not given.

    Raises:
        BadInput: an unknown key or a value out of range, with its place of origin.
    """
    return _resolve(RunSpec, flags, environment, folder)


def resolve_evaluation(
    flags: Mapping[str, Any], environment: Mapping[str, str], folder: Path | None = None
) -> Resolved[EvaluationSpec]:
    """As :func:`resolve`, into an EvaluationSpec."""
    return _resolve(EvaluationSpec, flags, environment, folder)


def _resolve(
    kind: type[S],
    flags: Mapping[str, Any],
    environment: Mapping[str, str],
    folder: Path | None,
) -> Resolved[S]:
    file_values, prices = _read_config((folder or Path()) / CONFIG_FILE)
    own = [name for name in kind.model_fields if name != "brief"]
    of_brief = BRIEF_FIELDS if "brief" in kind.model_fields else ()
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for name in dict.fromkeys((*own, *of_brief)):
        value, origin = _pick(name, flags, environment, file_values)
        origins[name] = origin
        if origin != "default":
            values[name] = value
    plain: dict[str, Any] = {k: v for k, v in values.items() if k in own}
    if of_brief:
        plain["brief"] = {k: v for k, v in values.items() if k in of_brief}
    try:
        spec = kind.model_validate(plain)
    except ValidationError as error:
        raise _explained(error, origins) from None
    return Resolved(spec, origins, prices)


def _pick(
    name: str,
    flags: Mapping[str, Any],
    environment: Mapping[str, str],
    file_values: Mapping[str, Any],
) -> tuple[Any, Origin]:
    given = flags.get(name)
    if given is not None and given != ():
        return given, "flag"
    for variable in (PREFIX + name.upper(), ALSO_KNOWN_AS.get(name)):
        if variable and environment.get(variable, "").strip():
            text = environment[variable].strip()
            if name in _LISTS:
                return [part.strip() for part in text.split(",") if part.strip()], "environment"
            return text, "environment"
    if name in file_values:
        return file_values[name], "file"
    return None, "default"


def _explained(error: ValidationError, origins: Mapping[str, Origin]) -> BadInput:
    where = [str(part) for part in error.errors()[0]["loc"]]
    if where == ["brief"]:  # two of its fields contradict each other
        raise BadInput(f"the brief: {first_problem(error).split(': ', 1)[-1]}", "drop one of them")
    name = where[1] if where[:1] == ["brief"] else where[0]
    flag = "--" + name.replace("_", "-") if name != "n" else "-n"
    place = {
        "flag": flag,
        "environment": PREFIX + name.upper(),
        "file": f"{CONFIG_FILE}, {name}",
    }.get(origins.get(name, "flag"), flag)
    problem = first_problem(error).split(": ", 1)[-1]
    return BadInput(f"{place}: {problem[:1].lower()}{problem[1:]}", "correct it and run again")


def _read_config(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}, {}
    except OSError as error:
        raise BadInput(f"{path.name} can't be read: {error.strerror}") from None
    try:
        plain = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{path.name} is not valid TOML: {error}", "correct the file") from None
    prices = plain.pop("prices", {})
    brief = plain.pop("brief", {})
    if not isinstance(brief, dict):
        raise BadInput(f"{path.name}: brief must be a table", "write [brief]")
    known = _KNOWN
    for name in (*plain, *brief):
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            guess = f"did you mean {close[0]}?" if close else "see docs/runs.md for all settings"
            if any(_SECRET_NAME.search(n) for n in (name, *_names_inside(plain.get(name)))):
                guess = "keys are read from the environment (OPENAI_API_KEY), never from files"
            raise BadInput(f"{path.name}: unknown setting {name!r}", guess)
    for name in ("base_url", "painter_base_url"):
        if "@" in str(plain.get(name, "")):
            raise BadInput(
                f"{path.name}, {name}: holds a user part, which is a secret",
                f"set it in the environment, as {PREFIX}{name.upper()}",
            )
    return {**plain, **brief}, _read_prices(prices, path.name)


def _names_inside(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, dict) else ()


def _read_prices(plain: Any, file: str) -> dict[str, dict[str, float]]:
    """``[prices]``: address = { input = …, output = … } per million tokens, or { picture = … }."""
    allowed = {"input", "output", "cached", "picture"}
    rows: list[tuple[str, Any]] = list(plain.items()) if isinstance(plain, dict) else [("", None)]
    for address, row in rows:
        if (
            not isinstance(row, dict)
            or not row
            or not row.keys() <= allowed
            or not row.keys() & {"input", "picture"}
            or any(type(v) not in (int, float) or not 0 <= v < math.inf for v in row.values())
        ):
            raise BadInput(
                f"{file}: [prices] {address!r} is not readable",
                'write "openai/model" = { input = 2.5, output = 10.0 } or { picture = 0.04 }',
            )
    return {address: {k: float(v) for k, v in row.items()} for address, row in rows if row}


def help_of(name: str, kind: type[Value] = RunSpec) -> str:
    """The help text of a setting."""
    return kind.model_fields[name].description or ""


def default_of(name: str, kind: type[Value] = RunSpec) -> Any:
    """The default of a setting."""
    return kind.model_fields[name].default


def python_type(name: str, kind: type[Value] = RunSpec) -> type:
    """The plain type of a setting: int, float, bool or str."""
    annotation: Any = kind.model_fields[name].annotation
    arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
    while arguments and typing.get_origin(annotation) is not Literal:
        annotation = arguments[0]
        arguments = [a for a in typing.get_args(annotation) if a is not type(None)]
    return annotation if annotation in (int, float, bool) else str
