"""Chat templates for base models that have none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.models.plain_template import PLAIN_TEMPLATE
from storypainter.pools.reading import read_text

#: The name of our own template, as ``--chat-template`` takes it.
PLAIN = "plain"


def set_template(tokenizer: Any, chosen: str, stated: str = "") -> str:
    """Give the tokenizer its chat template; the name of the one that it has now.

    Args:
        tokenizer: the base's own.
        chosen: empty (the base's own), ``plain``, or a Jinja file.
        stated: the template to take where the base has none and none is chosen: what is known
            of the base, or of the adapter that training starts from.

    Returns:
        ``own``, ``plain``, ``stated`` or the file's name, as records and the model card give it.

    Raises:
        BadInput: the base has none and none is chosen; the file can't be read or is no template;
            ``plain`` on a tokenizer without an end token.
    """
    if not chosen:
        if not tokenizer.chat_template and stated:
            tokenizer.chat_template = stated
            return PLAIN if stated == PLAIN_TEMPLATE else "stated"
        if not tokenizer.chat_template:
            raise BadInput(
                "the base has no chat template, so nothing says how a request looks to it",
                "give --chat-template plain (ours), or a Jinja file",
            )
        return "own"
    if chosen == PLAIN:
        if tokenizer.eos_token is None:
            raise BadInput(
                "the base's tokenizer names no end token, which the plain template ends answers by",
                "give --chat-template FILE",
            )
        tokenizer.chat_template = PLAIN_TEMPLATE
        return PLAIN
    path = Path(chosen).expanduser()
    tokenizer.chat_template = read_text(path)
    try:
        tokenizer.apply_chat_template(
            [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}],
            tokenize=False,
        )
    except Exception as error:  # whatever a template may raise
        why = " ".join(str(error).split())
        raise BadInput(
            f"{path.name} is no chat template: {why[:160]}", "give a Jinja file, or plain"
        ) from None
    return path.name
