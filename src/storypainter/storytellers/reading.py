"""Reading a Storyteller's reply: the story alone, its Chains and title, and notes on the rest.

The pieces around a story come in any order and nested (a preamble before a fence around a title
before the story), so the cuts of :data:`_CUTS` are tried until none applies. That makes reading
idempotent: what is left holds nothing that a second reading would cut.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any, Literal

from storypainter.pools.wording import mentions
from storypainter.story import Brief, Chain, Story, Text
from storypainter.storytellers import cuts, headings, lead_ins
from storypainter.storytellers.chain_lines import chains_in_json, part_chains, read_chains
from storypainter.storytellers.unreadable import UnreadableReply
from storypainter.value import Value

#: Rounds of cutting; real replies need fewer than ten, hostile ones shall not need thousands.
_MOST_CUTS = 100


class Reading(Value):
    """What a reply says: the story's text, its Chains, the title it was given, and notes.

    A note names each piece that was dropped, each chain that could not be read, and each
    element of the Brief that the text misses or should not have.
    """

    text: Text
    chains: tuple[Chain, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Progress:
    text: str
    title: str = ""
    notes: list[str] = field(default_factory=list)
    chain_lists: list[str] = field(default_factory=list)

    def apply(self, cut: cuts.Cut) -> None:
        self.text = cut.text.strip()
        self.title = self.title or cut.title
        if cut.note not in self.notes:
            self.notes.append(cut.note)


def read_reply(text: str, *, with_chains: bool, brief: Brief, finish: str = "stop") -> Reading:
    """Read a reply to a prompt of :func:`compose`.

    ``finish`` is the server's word for why the reply ended. A story cut at the token limit
    (``length``) is kept, with a note. A list of Chains is parted from the story even where none
    was asked for. What is not recognised as wrapping stays in the text as it is.

    Raises:
        UnreadableReply: the reply is empty, refuses, or holds nothing but what was cut.
    """
    progress = _Progress(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").strip())
    if not progress.text:
        kind: Literal["empty", "refused"] = "refused" if finish == "content_filter" else "empty"
        raise UnreadableReply(kind, "nothing was written" + _because(finish))
    for _ in range(_MOST_CUTS):
        if not _cut_once(progress):
            break
    _refuse_without_story(progress, finish)
    chains: tuple[Chain, ...] = ()
    if with_chains:
        chains, notes = _chains_of(progress.chain_lists)
        progress.notes.extend(notes)
    elif progress.chain_lists:
        progress.notes.append("dropped a list of Chains that was not asked for")
    if finish in CUT_SHORT:
        progress.notes.append(CUT_SHORT[finish])
    progress.notes.extend(_against(brief, progress.text))
    return Reading(
        text=progress.text, chains=chains, title=progress.title, notes=tuple(progress.notes)
    )


_CUTS = (
    cuts.thinking,
    cuts.special_tokens,
    cuts.code_fence,
    lead_ins.refusal_before_story,
    lead_ins.preamble,
    cuts.rules,
    cuts.block_quote,
    cuts.wrapping_quotes,
    lead_ins.afterword,
    lead_ins.explanation,
    headings.heading_lines,
    headings.labels,
    headings.bare_title,
    cuts.emphasis,
)
#: The note that a story gets where its reply was cut, by what the server said of its end.
CUT_SHORT = {
    "length": "the reply was cut at the token limit",
    "content_filter": "the reply was cut by the server's content filter",
}


def ended_by_itself(story: Story) -> bool:
    """Whether the storyteller came to an end, instead of being cut by a limit or a filter."""
    return not set(CUT_SHORT.values()) & set(story.notes)


def _cut_once(progress: _Progress) -> bool:
    """Cut one piece off; False where nothing is left to cut."""
    for cut in _CUTS[:3]:
        if found := cut(progress.text):
            progress.apply(found)
            return True
    if _take_json(progress) or _take_chain_list(progress):
        return True
    for cut in _CUTS[3:]:
        if found := cut(progress.text):
            progress.apply(found)
            return True
    return False


def _take_chain_list(progress: _Progress) -> bool:
    parts = part_chains(progress.text)
    if parts is None:
        return False
    progress.text, chain_list, behind = parts
    progress.chain_lists.append(chain_list)
    if behind:
        progress.notes.append(f"dropped what stood behind the Chains: {cuts.quoted(behind)}")
    return True


def _chains_of(lists: list[str]) -> tuple[tuple[Chain, ...], list[str]]:
    chains: list[Chain] = []
    notes: list[str] = []
    for chain_list in lists:
        found, unreadable = read_chains(chain_list)
        chains.extend(chain for chain in found if chain not in chains)
        notes.extend(unreadable)
    if not chains:
        notes.append("Chains were asked for, but none could be read")
    return tuple(chains), notes


def _refuse_without_story(progress: _Progress, finish: str) -> None:
    if lead_ins.refuses(progress.text):
        raise UnreadableReply("refused", f"the model said {cuts.quoted(progress.text, 120)}")
    if not any(letter.isalnum() for letter in progress.text):
        found = f" ({'; '.join(progress.notes)})" if progress.notes else ""
        raise UnreadableReply("empty", f"nothing but wrapping{_because(finish)}{found}")


def _because(finish: str) -> str:
    return f", and {CUT_SHORT[finish]}" if finish in CUT_SHORT else ""


def _against(brief: Brief, text: str) -> list[str]:
    """Notes on what the Brief requires or forbids, by words (plurals aside)."""
    notes = [
        f"required element {item!r} is not in the text"
        for item in brief.required
        if not mentions(text, item, gap=2)
    ]
    notes += [
        f"forbidden element {item!r} is in the text"
        for item in brief.forbidden
        if mentions(text, item)
    ]
    if notes and brief.language and not brief.language.casefold().startswith("en"):
        notes.append(f"elements were compared as worded in the Brief, not in {brief.language}")
    return notes


# --- replies in JSON --------------------------------------------------------------------------

_STORY_KEYS = ("story", "text", "description", "image_description", "content", "scene", "narrative")
_CHAIN_KEYS = ("chains", "chains_of_reasoning", "chain_of_reasoning", "reasoning", "cors")
_CUT_JSON = re.compile(rf'\{{\s*"(?:{"|".join(_STORY_KEYS)})"\s*:\s*"(?P<text>.*)\Z', re.DOTALL)


def _take_json(progress: _Progress) -> bool:
    """A reply that is a JSON object, whole or cut off inside the story."""
    if not progress.text.startswith(("{", "[{")):
        return False
    try:
        plain = json.loads(progress.text, strict=False)
    except (ValueError, RecursionError):
        return _take_cut_json(progress)
    if isinstance(plain, list):
        plain = plain[0]
    if not isinstance(plain, dict):
        return False
    inner = next((plain[key] for key in _STORY_KEYS if isinstance(plain.get(key), dict)), None)
    source: dict[str, Any] = {**plain, **inner} if inner else plain
    story = next((source[key] for key in _STORY_KEYS if isinstance(source.get(key), str)), None)
    if not story:
        return False
    title = source.get("title")
    progress.apply(
        cuts.Cut(story, "took the story out of JSON", title if isinstance(title, str) else "")
    )
    chains = next((source[key] for key in _CHAIN_KEYS if source.get(key)), None)
    if chains and any(True for _ in chains_in_json(chains)):
        progress.chain_lists.append(json.dumps(chains))
    return True


def _take_cut_json(progress: _Progress) -> bool:
    found = _CUT_JSON.match(progress.text)
    if not found:
        return False
    try:
        story, _ = json.JSONDecoder(strict=False).raw_decode(f'"{found["text"]}"')
    except ValueError:
        return False
    progress.apply(cuts.Cut(str(story), "took the story out of JSON that is cut off"))
    return True
