"""Connecting the model that tells: it must be one that sees."""

from __future__ import annotations

from storypainter.errors import BadInput
from storypainter.models.catalog import connect
from storypainter.models.contract import ModelOptions, Seer


def connect_teller(address: str, options: ModelOptions) -> Seer:
    """The model at an address.

    Raises:
        BadInput: no such model, or its provider's models can't look at pictures.
    """
    model = connect(address, options)
    if not isinstance(model, Seer) or not model.sees:
        raise BadInput(
            f"{address} can't look at pictures",
            "choose a model with vision as --model: openai/… (any OpenAI-compatible server), or "
            "transformers/… with a vision-language model",
        )
    return model
