"""What calls cost: dated list prices, in US dollars. An unknown price is unknown, never 0.

Prices are data that goes stale; ``PRICES_AS_OF`` is printed beside every estimate. A price of
the user's own (``[prices]`` in storypainter.toml, or ``--price``) comes before this table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from storypainter.models.contract import Usage

PRICES_AS_OF = "2025-06-30"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million input and output tokens, or per picture: ``each``, or by
    (quality, size) in ``pictures``. A model with both is sold by the token, and the pictures
    are what that comes to.

    ``seen`` is how many input tokens one picture in a message costs at most.
    """

    input: float | None = None
    output: float | None = None
    cached: float | None = None
    pictures: Mapping[tuple[str, str], float] | None = None
    each: float | None = None
    seen: int = 4_000

    def cost(self, usage: Usage, quality: str = "", size: str = "") -> float | None:
        """What one call cost; ``None`` when the counts that the price needs are missing."""
        if self.each is not None:
            return self.each
        cost = self._by_token(usage)
        return self.picture(quality, size) if cost is None and self.pictures else cost

    def _by_token(self, usage: Usage) -> float | None:
        fresh = usage.input_tokens
        cached = 0
        if fresh is not None:
            cached = min(usage.cached_tokens or 0, fresh)
            fresh -= cached
        parts = (
            _product(fresh, self.input),
            _product(cached, self.input if self.cached is None else self.cached),
            _product(usage.output_tokens, self.output),
        )
        known = [part for part in parts if part is not None]
        return sum(known) / 1e6 if len(known) == len(parts) else None

    def picture(self, quality: str, size: str) -> float | None:
        """The price of one picture; ``auto`` or an empty field counts as the dearest match."""
        if self.pictures is None:
            return self.each
        fits = [
            price
            for (q, s), price in self.pictures.items()
            if quality in ("", "auto", q) and size in ("", "auto", s)
        ]
        return max(fits) if fits else None

    def ceiling(
        self, prompt_characters: int, max_tokens: int, quality: str, size: str, pictures: int = 0
    ) -> float | None:
        """An upper estimate before the call: a token a character and a half, ``seen`` tokens
        for each of the ``pictures`` in the prompt, all of ``max_tokens``. ``None``: unknown.
        """
        if self.each is not None:
            return self.each
        if self.pictures is not None:
            return self.picture(quality, size) or max(self.pictures.values())
        read = int(prompt_characters / 1.5) + 64 + pictures * self.seen
        return self._by_token(Usage(read, max_tokens))


def _product(count: int | None, price: float | None) -> float | None:
    """Count times price; an unknown one matters only when the other isn't 0."""
    if count == 0 or price == 0:
        return 0.0
    return None if count is None or price is None else count * price


FREE = Price(0.0, 0.0)
_LOCAL = frozenset(
    {"llama", "transformers", "diffusers", "rehearsal", "wordllama", "sentence-transformers"}
)

_SQUARE, _WIDE, _TALL = "1024x1024", "1536x1024", "1024x1536"


def _gpt_image(low: float, medium: float, high: float, wide: tuple[float, float, float]) -> Price:
    table: dict[tuple[str, str], float] = {}
    for quality, square, other in zip(
        ("low", "medium", "high"), (low, medium, high), wide, strict=True
    ):
        table[quality, _SQUARE] = square
        table[quality, _WIDE] = table[quality, _TALL] = other
    return Price(5.0, 40.0, pictures=table)


#: Official API list prices; (pattern of the model id, price), first match wins.
_OFFICIAL: tuple[tuple[str, Price], ...] = (
    (r"gpt-4o-mini(-\d.*)?", Price(0.15, 0.60, 0.075, seen=48_200)),
    (r"gpt-4o-2024-05-13", Price(5.0, 15.0)),
    (r"gpt-4o(-\d.*)?", Price(2.5, 10.0, 1.25)),
    (r"gpt-4\.1-nano(-\d.*)?", Price(0.10, 0.40, 0.025)),
    (r"gpt-4\.1-mini(-\d.*)?", Price(0.40, 1.60, 0.10)),
    (r"gpt-4\.1(-\d.*)?", Price(2.0, 8.0, 0.50)),
    (r"text-embedding-3-small", Price(0.02, 0.0)),
    (r"text-embedding-3-large", Price(0.13, 0.0)),
    (r"gpt-image-1", _gpt_image(0.011, 0.042, 0.167, (0.016, 0.063, 0.25))),
    (
        r"dall-e-3",
        Price(
            pictures={
                ("standard", _SQUARE): 0.04,
                ("hd", _SQUARE): 0.08,
                ("standard", "1792x1024"): 0.08,
                ("standard", "1024x1792"): 0.08,
                ("hd", "1792x1024"): 0.12,
                ("hd", "1024x1792"): 0.12,
            }
        ),
    ),
)


def price_of(identity: Mapping[str, str], own: Mapping[str, Price], address: str) -> Price | None:
    """The price of a model: the user's own, free for local ones, the list for the official API.

    A compatible server elsewhere sells the same model at a price we can't know: ``None``.
    """
    if address in own:
        return own[address]
    provider = identity.get("provider", "")
    if provider in _LOCAL:
        return FREE
    if provider == "openai" and identity.get("base_url", "").startswith("https://api.openai.com/"):
        for pattern, price in _OFFICIAL:
            if re.fullmatch(pattern, identity.get("model", "")):
                return price
    return None
