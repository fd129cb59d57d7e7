"""Chat templates: the base's own, ours, a file's, or that of an adapter to go on from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from storypainter.errors import BadInput
from storypainter.models.plain_template import PLAIN_TEMPLATE
from storypainter.pools.reading import read_text

#: The name of our own template, as ``--chat-template`` takes it.
PLAIN = "plain"
#: Where an adapter keeps the template that it was trained with.
TEMPLATE = "chat_template.jinja"


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
    name, text = chosen_template(
        tokenizer.chat_template, tokenizer.eos_token, chosen, stated, PLAIN_TEMPLATE
    )
    tokenizer.chat_template = text
    if chosen not in ("", PLAIN):
        turns = [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]
        rendered(tokenizer, name, turns, tokenize=False)
    return PLAIN if not chosen and name == "stated" and text == PLAIN_TEMPLATE else name


def chosen_template(
    own: str | None, end: str | None, chosen: str, stated: str, plain: str
) -> tuple[str, str]:
    """The name and the text of the template that a base is to have.

    Args:
        own: the base's own, if it has one.
        end: its end token, if it names one.
        chosen: empty (the base's own), ``plain``, or a Jinja file.
        stated: the template to take where the base has none and none is chosen.
        plain: the text of ``plain``.

    Raises:
        BadInput: the base has none and none is chosen; the file can't be read; ``plain`` for a
            base without an end token.
    """
    if not chosen:
        if own:
            return "own", own
        if stated:
            return "stated", stated
        raise BadInput(
            "the base has no chat template, so nothing says how a request looks to it",
            "give --chat-template plain (ours), or a Jinja file",
        )
    if chosen == PLAIN:
        if end is None:
            raise BadInput(
                "the base's tokenizer names no end token, which the plain template ends answers by",
                "give --chat-template FILE",
            )
        return PLAIN, plain
    path = Path(chosen).expanduser()
    return path.name, read_text(path)


def rendered(processing_class: Any, name: str, turns: list[dict[str, Any]], **given: Any) -> Any:
    """A conversation as the tokenizer's or processor's template writes it.

    Raises:
        BadInput: the template, which is called ``name``, can't.
    """
    try:
        return processing_class.apply_chat_template(turns, **given)
    except Exception as error:  # whatever a template may raise
        why = " ".join(str(error).split())
        raise BadInput(
            f"{name} is no chat template: {why[:160]}", "give a Jinja file, or plain"
        ) from None


def template_of(adapter: Path | None) -> str:
    """The chat template that an adapter was trained with, or an empty text."""
    path = adapter / TEMPLATE if adapter else None
    return read_text(path) if path is not None and path.is_file() else ""
