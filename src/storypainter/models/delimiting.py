"""Text of others inside a prompt: it stands between tags, as data, and can't close them."""

from __future__ import annotations

import re


def inside_tags(text: str, *tags: str) -> str:
    """A text that neither opens nor closes any of the tags that it stands between.

    A zero width space goes behind each ``<`` that would; nothing else changes.
    """
    names = "|".join(map(re.escape, tags))
    return re.sub(
        rf"<(?=\s*/?\s*(?:{names})\s*>)", "<\N{ZERO WIDTH SPACE}", text, flags=re.IGNORECASE
    )
