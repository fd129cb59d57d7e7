"""From a name in ``--evaluators`` to an evaluator: built-in ones and installed plug-ins."""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import cast

from storypainter.errors import BadInput, StorypainterError
from storypainter.evaluators.contract import Evaluator
from storypainter.models.contract import Embedder, Seer, Writer
from storypainter.pools import Pool
from storypainter.settings import EvaluationSpec

GROUP = "storypainter.evaluators"

BUILT_IN: Mapping[str, str] = {
    "moment": "storypainter.evaluators.moment:create",
    "copying": "storypainter.evaluators.copying:create",
    "diversity": "storypainter.evaluators.diversity:create",
    "structure": "storypainter.evaluators.structure:create",
    "complexity": "storypainter.evaluators.complexity:create",
    "alignment": "storypainter.evaluators.alignment:create",
    "lettering": "storypainter.evaluators.lettering:create",
    "retelling": "storypainter.evaluators.retelling:create",
}

#: What must be known before another score may be believed: it is evaluated along.
NEEDS: Mapping[str, tuple[str, ...]] = {"diversity": ("copying",)}


@dataclass(frozen=True, slots=True)
class Desk:
    """What an evaluator's factory may take: the spec, and models and the Pool on demand.

    ``writer``, ``seer`` and ``embedder`` connect the model at an address; nothing is loaded before
    its first call, and models that were asked for are closed when the evaluation ends.
    """

    spec: EvaluationSpec
    writer: Callable[[str], Writer]
    seer: Callable[[str], Seer]
    embedder: Callable[[str], Embedder]
    pool: Callable[[], Pool]
    notes: list[str] = field(default_factory=list)


#: Makes an evaluator. Cheap: what is heavy is loaded at the first mark.
Factory = Callable[[Desk], Evaluator]


def names_of(text: str) -> tuple[str, ...]:
    """The evaluators that a comma-separated list means, needed ones first.

    Raises:
        BadInput: an empty list or an unknown name.
    """
    asked = [name.strip() for name in text.split(",") if name.strip()]
    known = _targets()
    for name in asked:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            guess = f"did you mean {close[0]}? " if close else ""
            raise BadInput(f"no evaluator {name!r}", f"{guess}there are: {', '.join(known)}")
    if not asked:
        raise BadInput("no evaluator is named", f"name some of: {', '.join(known)}")
    needed = [need for name in asked for need in NEEDS.get(name, ())]
    return tuple(dict.fromkeys((*(n for n in needed if n not in asked), *asked)))


def build(name: str, desk: Desk) -> Evaluator:
    """The evaluator of that name.

    Raises:
        BadInput: there is none, or the plug-in that has it is broken.
    """
    target = _targets()[name]
    if name in BUILT_IN:
        return _load(target)(desk)
    try:
        return _load(target)(desk)
    except StorypainterError:
        raise
    except Exception as error:  # a plug-in may fail in any way; name it instead of crashing
        raise BadInput(
            f"the plug-in for {name!r} ({target}) can't be loaded: {type(error).__name__}: {error}",
            "update or uninstall that package",
        ) from None


def _targets() -> dict[str, str]:
    from importlib.metadata import entry_points  # on use: it takes a while to import

    found = {point.name: point.value for point in entry_points(group=GROUP)}
    return {**BUILT_IN, **{name: at for name, at in found.items() if name not in BUILT_IN}}


def _load(target: str) -> Factory:
    module, _, attribute = target.partition(":")
    return cast(Factory, attrgetter(attribute)(importlib.import_module(module)))
