"""Which names mean the same model: its id at vendors, routers and local servers.

A wrong refusal costs the choice of another judge, a wrong acceptance the result: where a name
leaves it open, it counts as the same.
"""

from __future__ import annotations

import re

from storypainter.errors import BadInput
from storypainter.models.catalog import parse_address
from storypainter.models.contract import Model
from storypainter.sequences.telling.trainings import Rewarded

_VARIANTS = re.compile(r":(?:free|nitro|floor|online|extended|exacto|beta|thinking|latest)$")
_BETWEEN = re.compile(r"[\s._:-]+")
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_TAIL = re.compile(
    rf"""(?<=[^-])-(?:
        latest
        | 20\d\d-{_MONTH}-{_DAY} | 20\d\d{_MONTH}{_DAY}  # gpt-4.1-2025-04-14, …-20241022
        | {_MONTH}{_DAY} | 2\d{_MONTH}                   # gpt-4-0613, mistral-large-2411
        | 00\d                                           # gemini-2.0-flash-001
        | gguf | awq | gptq | exl2 | mlx | bnb | [348]-?bit | int[48] | fp?(?:4|8|16|32) | bf16
        | i?q[1-8](?:-(?:k|[01]|nl|xxs|xs|s|m|l|xl))*    # Q4_K_M
    )$""",
    re.VERBOSE,
)


def plain_model(name: str) -> str:
    """The normal form of a model's name: names with the same form count as the same model.

    These make no difference:

    - upper and lower case, and which of ``-``, ``_``, ``.``, ``:`` or a space stands between;
    - all before the last ``/``: the vendor, the router, the owner, the folder
      (``openrouter/openai/gpt-4.1``, ``openai/gpt-4.1`` and ``gpt-4.1``);
    - a router's variant (``:free``), ``:latest`` and ``-latest``, and what follows an ``@``;
    - a date or a three-digit version at the end: the name without it means one of them, and
      nobody knows which (``gpt-4.1-2025-04-14``, ``gpt-4-0613``, ``gemini-2.0-flash-001``);
    - how the weights are stored, at the end: ``-GGUF``, ``-AWQ``, ``-fp8``, ``-Q4_K_M``.

    Everything else does: generations, sizes (``llama3:8b``, ``llama3:70b``), ``-mini``,
    ``-instruct``, ``-preview``. A name of its own that somebody's server gives a model can't be
    seen through.
    """
    last = name.strip().casefold().rstrip("/").rpartition("/")[2]
    last = _VARIANTS.sub("", last.partition("@")[0] or last)
    plain = _BETWEEN.sub("-", last).strip("-")
    while (shorter := _TAIL.sub("", plain)) != plain:
        plain = shorter
    return plain


def is_judge(judge: Model, rewarded: Rewarded) -> bool:
    """Whether a judge is whom a training rewarded: by address, weights or the model's name."""
    if plain_address(judge.address) == plain_address(rewarded.address):
        return True
    weights = str(judge.identity.get("sha256", ""))
    if weights and weights == rewarded.weights:
        return True
    mine = _names(judge.address, str(judge.identity.get("model", "")))
    return not mine.isdisjoint(_names(rewarded.address, rewarded.model))


def plain_address(address: str) -> str:
    """An address as it is compared: aliases and bare names written out, in small letters."""
    try:
        return str(parse_address(address)).casefold()
    except BadInput:
        return address.strip().casefold()


def _names(address: str, model: str) -> set[str]:
    """The normal forms of a model's name as it is known, and as its address says it."""
    try:
        named = parse_address(address).name
    except BadInput:  # ``grounded``, or a provider that isn't installed here
        named = address.partition("/")[2]
    return {plain_model(model), plain_model(named)} - {""}
