"""Which texts can have a vector at all; asked before a model is loaded or a server is paid."""

from __future__ import annotations

from collections.abc import Sequence

from storypainter.models.contract import CallFailed, Verdict

#: Longer texts are no stories; a tokenizer takes a second and 100 MB for this many characters.
MOST_CHARACTERS = 1_000_000


def which(place: int, count: int) -> str:
    """A text by its place in the request, from 0, as messages name it."""
    return "the text" if count == 1 else f"text {place + 1} of {count}"


def must_be_embeddable(texts: Sequence[str]) -> None:
    """Refuse what no model can embed.

    Raises:
        CallFailed: INVALID for an empty text or one that is no Unicode, TOO_LONG; both name it.
    """
    for place, text in enumerate(texts):
        name = which(place, len(texts))
        if not text.strip():
            raise CallFailed(Verdict.INVALID, f"{name} is empty: it has no vector", "leave it out")
        if len(text) > MOST_CHARACTERS:
            raise CallFailed(
                Verdict.TOO_LONG,
                f"{name} has {len(text)} characters, more than {MOST_CHARACTERS}",
                "shorten it",
            )
        try:
            text.encode()
        except UnicodeEncodeError:
            raise CallFailed(
                Verdict.INVALID,
                f"{name} is no valid Unicode: it holds half a character",
                "read its file as UTF-8 again",
            ) from None
