"""Words of a Seer's answer: names of its seven categories, ways to say "none", plain text.

The names are ours, those of the image semantic assessment task (ISA, arXiv 2501.01982) and of
CogBench, and what models make of them.
"""

from __future__ import annotations

import re
from typing import Literal

from storypainter.story import Dimension

#: What a heading opens: a Dimension, the description, or a part that is left out.
Heading = Dimension | Literal["description", "other"]

_NAMES: dict[Heading, str] = {
    Dimension.TIME: "time|time of day|date and time|time period|temporal",
    Dimension.LOCATION: "location|place|setting|scene location|location setting",
    Dimension.CHARACTER_ROLE: (
        "character role|character|role|identity|character identity|character role identity"
    ),
    Dimension.CHARACTER_RELATIONSHIP: (
        "character relationship|relationship|interpersonal relationship|relation|"
        "character relation|relationship between character|relationship among character"
    ),
    Dimension.EVENT: "event|high level event|main event|what is happening",
    Dimension.EVENT_CAUSAL_RELATIONSHIP: (
        "event causal relationship|causal relationship|event relationship|cause|causality|"
        "cause and effect|cause effect|causal relation|event causal relation|event causality|"
        "causal relationship between event|event cause|causal link"
    ),
    Dimension.MENTAL_STATE: (
        "mental state|character mental state|emotion|state of mind|psychological state|"
        "mental state of character|emotional state|mental emotional state"
    ),
    "description": (
        "description|detailed description|image description|picture description|"
        "overall description|description of image|description of picture|"
        "detailed description of image|detailed description of picture|description of scene|"
        "detailed description of scene|overall|scene description|detailed image description|full description"
    ),
    "other": "next moment event|next moment|title|entity|note|overall story",
}
_HEADINGS: dict[str, Heading] = {
    name: heading for heading, names in _NAMES.items() for name in names.split("|")
}
_NUMBERED = re.compile(r"^(?:category|step|part|section|dimension)?\s*\d+\s*[.):-]*\s*")
_PARENTHESIS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_LETTERS = re.compile(r"[^a-z]+")
_FILLERS = (
    "a an the this of in special specific visual analysis clue reasoning inference chain conclusion"
)
_FILLING = frozenset(_FILLERS.split())
_LONGEST_HEADING = 70


def heading_of(label: str) -> Heading | None:
    """What a label names, whatever its case, number, plural and decoration; ``None`` for text."""
    if len(label) > _LONGEST_HEADING:
        return None
    bare = _NUMBERED.sub("", label.strip(" *_#`[]【】\"'.").casefold())
    words = _words(_PARENTHESIS.sub(" ", bare)) or _words(bare)
    for kept in (words, [word for word in words if word not in _FILLING]):
        found = _HEADINGS.get(" ".join(kept))
        if found is not None:
            return found
    # "of" may be part of a name ("time of day", "state of mind") or not ("description of the …").
    return _HEADINGS.get(" ".join(w for w in words if w == "of" or w not in _FILLING))


def _words(text: str) -> list[str]:
    return [_singular(word) for word in _NO_LETTERS.sub(" ", text.replace("'s", "")).split()]


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


# ------------------------------------------------------------------------- plain text

#: Arrows between clues and conclusion, as models write them.
ARROW = re.compile(r"\s*(?:(?<![-–—=])[-–—=]+>|[→⇒⟶⟹➜➔➡►▶➝]\ufe0f?|\\(?:Right|right)arrow\b)\s*")
PLUS = re.compile(r"(?:(?<=\s)|^)[+＋∧](?=\s|$)")
_NOT_TEXT = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\ufeff]"
)
_MARKDOWN = re.compile(r"[*`]+|_{2,}")


def flat(text: str) -> str:
    """One line without control characters and markdown emphasis; the same when done twice."""
    while True:
        done = " ".join(_MARKDOWN.sub("", _NOT_TEXT.sub("", text)).split())
        if done == text:
            return done
        text = done


def plain(text: str) -> str:
    """:func:`flat`, and without the separators of the chain notation (arrows, ``+``)."""
    while True:
        done = PLUS.sub("and", ARROW.sub("; ", flat(text))).strip(" ;")
        if done == text:
            return done
        text = done


# --------------------------------------------------------------------- saying "none"

_MODIFIER = (
    r"(?:special|specific|obvious|obviously|clear|clearly|particular|explicit|apparent|evident|"
    r"notable|significant|distinct|discernible|identifiable|direct|definite|definitive|exact|"
    r"precise|visible|visual|strong|meaningful|recogni[sz]able|inferable|high[- ]level|character|"
    r"event|causal|mental|interpersonal|human|emotional)"
)
_NOUN = (
    r"(?:time(?: of day)?|dates?|season|locations?|places?|settings?|characters?|people|persons?|"
    r"humans?|roles?|identit(?:y|ies)|relationships?|relations?|connections?|interactions?|"
    r"events?|activit(?:y|ies)|causes?|causality|causation|cause[- ]and[- ]effect|links?|"
    r"states?|states? of mind|emotions?|expressions?|feelings?|clues?|cues?|hints?|evidence|"
    r"indications?|indicators?|information|details?|signs?|conclusions?|inferences?)"
)
_WHERE = (
    r"(?: (?:in|from|within|shown|visible|depicted|present|presented|indicated|evident|apparent|"
    r"identified|found|here|between|among|given|that can|which can|that could|can be|could be|is|"
    r"are|to (?:be )?(?:infer|inferred|determine|identify|conclude|report|describe|mention))\b"
    r"[^.!?]*)?"
)
_NP = rf"(?:(?:{_MODIFIER}) )*{_NOUN}(?:(?: or | and | ?/ ?|, )(?:any )?(?:{_MODIFIER} )*{_NOUN})*"
_SUBJECT = rf"(?:the |any |a |an )?(?:{_NP}|it|this)"
_UNSURE = (
    r"(?:specified|applicable|shown|depicted|indicated|evident|apparent|obvious|clear|stated|"
    r"determinable|given|mentioned|provided|discernible|identifiable|inferable|available|known)"
)
_NOTHING = re.compile(
    "|".join(
        (
            r"(?:none|n/?a|n\.a|null|nil|not applicable|not available|not specified|unknown|unclear|"
            r"unspecified|undetermined|undefined)(?: (?:identified|visible|apparent|obvious|"
            r"found|present|shown|observed|depicted|discernible|evident|noted|indicated|because|"
            r"since|as|in|from)\b.*|\s*[.,;:!(\[/–—-].*)?",
            rf"no|nothing(?: (?:{_MODIFIER}|to (?:report|infer|note|conclude)|here)\b.*)?",
            r"(?:there (?:is|are|was|were|seems? to be|appears? to be) |there's |it (?:has|shows) |"
            r"i (?:can )?(?:see|find) |the (?:image|picture|scene|photo|illustration) (?:has|shows|"
            r"contains|gives|provides|offers) )?"
            rf"(?:no|not any|not an?) (?:(?:{_MODIFIER} )+{_NOUN}\b[^.!?]*|{_NP}{_WHERE})",
            r"(?:[\w'-]+ ){0,6}(?:(?:do|does|did) not|don't|doesn't|didn't) (?:have|show|contain|"
            r"depict|present|provide|indicate|reveal|suggest|convey|exhibit|display|give|offer)"
            rf"(?: (?:any|an?))?(?: (?:{_MODIFIER})\b.*| {_NOUN}\b.*)",
            rf"{_SUBJECT} (?:can ?not|can't|could not|couldn't) be (?:\w+ly )?(?:determined|"
            r"identified|inferred|discerned|established|concluded|known|ascertained|deduced)\b.*",
            r"(?:can ?not|can't) be (?:\w+ly )?(?:determined|identified|inferred|concluded)\b.*",
            rf"{_SUBJECT} (?:is|are)(?: not|n't) (?:\w+ly )?{_UNSURE}\b.*",
            rf"(?:is |are )?not (?:\w+ly )?{_UNSURE}{_WHERE}",
            rf"{_SUBJECT} (?:is|are|remains?) (?:unclear|unknown|uncertain|ambiguous|unspecified)\b.*",
            r"(?:i'?m sorry,? |i am sorry,? |sorry,? )?(?:but )?(?:i|we) (?:can ?not|can't|am unable "
            r"to|'m unable to|are unable to|could not|couldn't|do not|don't) (?:identify|determine|"
            r"infer|tell|provide|find|assist|help|recogni[sz]e)\b.*",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_AROUND = " \t\n.,;:!?…()[]{}<>\"'“”‘’-–—*_/\\|"
_REFUSAL = re.compile(
    r"\W*(?:(?:i'?m|i am) (?:very |really )?sorry|sorry\b|i apologi[sz]e|unfortunately,? i|"
    r"i (?:can ?not|can't|won't|will not)|i'?m (?:unable|not able)|i am (?:unable|not able)|"
    r"as an ai\b|(?:this|the) (?:request|image|picture|content) (?:violates|can ?not be)|"
    r"no image (?:was|is|has been)|i don't see (?:an|any) (?:image|picture)|"
    r"(?:please )?(?:upload|provide|share) (?:the|an|your) (?:image|picture))",
    re.IGNORECASE,
)


def says_nothing(text: str) -> bool:
    """Whether a line says that there is nothing to say: ``None``, ``There is no special time``."""
    bare = flat(text).translate({0x2019: "'"}).strip(_AROUND)
    return not bare or _NOTHING.fullmatch(bare) is not None


def refuses(text: str) -> bool:
    """Whether an answer begins as refusals do, or says that it was shown no picture."""
    return _REFUSAL.match(flat(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) is not None
