"""Titles, headings and labels in a reply."""

from __future__ import annotations

import re

from storypainter.storytellers.cuts import Cut, quoted

_LABELS = (
    r"(?:the )?(?:storytelling image(?: description)?|image(?: description)?|story(?: description)?|"
    r"description|scene(?: description)?|content|picture|setting|moment|narrative|"
    r"visual description|text|answer|response|output)"
)
_MARKED = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]+(?P<hash>\S.*?)[ \t#]*|(?P<mark>\*\*|__)(?P<bold>[^*_\n]+)(?P=mark):?[ \t]*)"
)
_TITLE_LINE = re.compile(
    r"[ \t#*_]*(?:story |image )?title[*_]*[ \t]*[:：][ \t*_]*(?P<title>[^\n]*?)[*_ \t]*",
    re.IGNORECASE,
)
_FIRST_LABEL = re.compile(rf"{_LABELS}[ \t]*[:：](?=\s|$)[ \t]*", re.IGNORECASE)
_BOLD_LABEL = re.compile(
    rf"^[ \t]*(?:\*\*|__)(?:{_LABELS}|time|location|characters?(?: roles?| relationships?)?|"
    r"events?(?: causal relationships?)?|mental states?|action|mood|details?|composition)"
    r"(?:[:：](?:\*\*|__)|(?:\*\*|__)[:：])[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
_ONLY_LABEL = re.compile(_LABELS, re.IGNORECASE)
_WORDS_OF_A_TITLE = 12


def heading_lines(text: str) -> Cut | None:
    """Lines marked as headings (``# …``, a short line in bold, ``Title: …``), all at once.

    The first one that is more than a label such as "Story" becomes the title.
    """
    kept: list[str] = []
    dropped: list[str] = []
    for line in text.split("\n"):
        heading = _heading(line)
        if heading is None:
            kept.append(line)
        else:
            dropped.append(heading)
    if not dropped or (not _has_letters(kept) and not text.lstrip().startswith("#")):
        return None
    titles = [_unlabelled(heading) for heading in dropped if not _ONLY_LABEL.fullmatch(heading)]
    listed = ", ".join(quoted(heading) for heading in dropped if heading)
    return Cut("\n".join(kept), f"dropped the heading {listed}", titles[0] if titles else "")


def labels(text: str) -> Cut | None:
    """``Story:`` in front of the text, and labels in bold in front of its paragraphs."""
    found = _FIRST_LABEL.match(text)
    if found:
        return Cut(text[found.end() :], f"dropped the label {quoted(found[0])}")
    if "**" not in text and "__" not in text:
        return None
    kept = _BOLD_LABEL.sub("", text)
    return Cut(kept, "dropped labels in bold") if kept != text else None


def bare_title(text: str) -> Cut | None:
    """A short first line without a full stop, set off by an empty line from a real paragraph."""
    first, separator, rest = text.partition("\n\n")
    title = first.strip().strip('"“”')
    next_paragraph = rest.strip().partition("\n\n")[0]
    if (
        not separator
        or "\n" in first
        or not 1 <= len(title.split()) <= _WORDS_OF_A_TITLE
        or not title[:1].isalnum()
        or title[-1] in ".,;:!?…。，；：！？"
        or len(next_paragraph.split()) < 15
        or next_paragraph.rstrip("\"”')*_ ")[-1:] not in tuple(".!?…")
    ):
        return None
    return Cut(rest, f"dropped the title {quoted(title)}", title)


def _heading(line: str) -> str | None:
    """The heading's text where the line is one."""
    titled = _TITLE_LINE.fullmatch(line)
    if titled:
        return titled["title"].strip().strip('"“”')
    marked = _MARKED.fullmatch(line)
    if not marked:
        return None
    heading = (marked["hash"] or marked["bold"] or "").strip(' *_:"“”')
    return heading if len(heading.split()) <= _WORDS_OF_A_TITLE or marked["hash"] else None


def _unlabelled(title: str) -> str:
    """``Storytelling Image: "The Crab"`` as ``The Crab``."""
    return (
        _FIRST_LABEL.sub("", title, count=1).strip(' "“”') if _FIRST_LABEL.match(title) else title
    )


def _has_letters(lines: list[str]) -> bool:
    return any(letter.isalpha() for line in lines for letter in line)
