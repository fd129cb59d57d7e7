"""What surrounds a story in a reply and isn't the story, cut off piece by piece.

Each function looks for one kind of wrapping and returns a :class:`Cut`, or None where there is
nothing of its kind. All of them shorten the text; none rewords it. The patterns are narrow on
purpose: a preamble that slips through costs little, a lost sentence of the story is not got back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cut:
    """The text without the piece, a note about the piece, and the title where it was one."""

    text: str
    note: str
    title: str = ""


def quoted(text: str, limit: int = 80) -> str:
    """A piece of text on one line and not too long, for a note."""
    text = " ".join(text.split())
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


# --- markup of the serving stack -------------------------------------------------------------

_THINKING = re.compile(r"<(think|thinking|thought|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_THINKING_END = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.I)
_THINKING_START = re.compile(r"<(?:think|thinking|thought|reasoning)>.*\Z", re.DOTALL | re.I)
_FINAL_CHANNEL = re.compile(r"\A.*<\|channel\|>final<\|message\|>", re.DOTALL)
_TEMPLATE_MARK = r"(?:<\|[^|<>\n]{1,40}\|>|</?s>|\[/?INST\]|<(?:start|end)_of_turn>)"
_MARKS_AT_ENDS = re.compile(rf"\A(?:\s*{_TEMPLATE_MARK})+|(?:{_TEMPLATE_MARK}\s*)+\Z")


def thinking(text: str) -> Cut | None:
    """``<think>`` blocks: whole, without their beginning, or cut off before their end."""
    if "<" not in text:
        return None
    kept = _FINAL_CHANNEL.sub("", _THINKING.sub("", text))
    kept = _THINKING_START.sub("", _THINKING_END.sub("", kept))
    return Cut(kept, "dropped the model's thinking") if kept != text else None


def special_tokens(text: str) -> Cut | None:
    """Chat-template tokens that a server left at the beginning or end."""
    if "<" not in text and "[" not in text:
        return None
    kept = _MARKS_AT_ENDS.sub("", text)
    return Cut(kept, "dropped chat-template tokens") if kept != text else None


# --- formatting -------------------------------------------------------------------------------

_FENCE_LINE = re.compile(r"^[ \t]*(?:```|~~~)[\w+-]*[ \t]*$\n?", re.MULTILINE)
_RULE_LINE = re.compile(
    r"^[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,}|(?:\* ){2,}\*)[ \t]*$\n?", re.MULTILINE
)
_RULES = ("---", "***", "___", "===", "* *")
_QUOTE_PAIRS = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』", "”": "”"}
_EMPHASIS = (
    re.compile(r"(?<!\*)\*\*(?=[^\s*])([^*]*[^\s*])\*\*(?!\*)"),
    re.compile(r"(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])"),
    re.compile(r"(?<![\w_])__(?=[^\s_])([^_]*[^\s_])__(?![\w_])"),
    re.compile(r"(?<![\w_])_(?=[^\s_])([^_]*[^\s_])_(?![\w_])"),
)


def code_fence(text: str) -> Cut | None:
    """Lines of three backticks or tildes; or such a pair around the whole text."""
    if "```" not in text and "~~~" not in text:
        return None
    kept = _FENCE_LINE.sub("", text)
    if kept.startswith("```") and kept.endswith("```") and len(kept) > 6:
        kept = kept[3:-3]
    return Cut(kept, "removed a code fence") if kept != text else None


def rules(text: str) -> Cut | None:
    """Horizontal rules (``---``)."""
    if not any(rule in text for rule in _RULES):
        return None
    kept = _RULE_LINE.sub("", text)
    return Cut(kept, "removed a horizontal rule") if kept != text else None


def block_quote(text: str) -> Cut | None:
    """``>`` in front of every line."""
    lines = text.split("\n")
    if not all(line.startswith(">") or not line.strip() for line in lines):
        return None
    kept = "\n".join(re.sub(r"^>[ \t]?", "", line) for line in lines)
    return Cut(kept, "removed block-quote marks")


def wrapping_quotes(text: str) -> Cut | None:
    """One pair of quotation marks around the whole text, quotations inside left alone."""
    if len(text) < 3:
        return None
    inside = text[1:-1]
    if text[0] == text[-1] == '"':
        wraps = _straight_quotes_wrap(inside)
    else:
        closing = _QUOTE_PAIRS.get(text[0])
        wraps = closing == text[-1] and _stays_open(inside, text[0], text[-1])
    return Cut(inside, "removed quotation marks around the reply") if wraps else None


def _straight_quotes_wrap(inside: str) -> bool:
    """Whether quotes before and after ``inside`` belong together: inner ones must pair up."""
    marks = [at for at, letter in enumerate(inside) if letter == '"']
    if not marks:
        return True
    opens = marks[0] > 0 and inside[marks[0] - 1] in " \n([—-"
    closes = marks[-1] == len(inside) - 1 or not inside[marks[-1] + 1].isalnum()
    return len(marks) % 2 == 0 and opens and closes


def _stays_open(inside: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return closing not in inside
    depth = 1
    for letter in inside:
        depth += (letter == opening) - (letter == closing)
        if depth == 0:
            return False
    return depth == 1


def emphasis(text: str) -> Cut | None:
    """Asterisks and underscores that mean bold or italic."""
    if "*" not in text and "_" not in text:
        return None
    kept = text
    for pattern in _EMPHASIS:
        kept = pattern.sub(r"\1", kept)
    return Cut(kept, "removed bold or italic marks") if kept != text else None
