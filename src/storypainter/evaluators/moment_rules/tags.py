"""C5 tags with the tagger's usual slips put right, for texts of the kind that stories are.

Nouns and verbs that look alike (``lands``, ``storm``), and -ed forms that may be a past or a
participle (``eyes squeezed shut``), are told apart by what stands around them.
"""

from __future__ import annotations

from collections.abc import Sequence

from storypainter.evaluators.moment_rules.lexicon import words
from storypainter.evaluators.tagging import Token, known_tags

HIDDEN = "HID"  # the tag of a word that is quoted or written on something
_NOUNS = frozenset({"NN0", "NN1", "NN2", "NP0", "UNC", "ZZ0"})
_PRESENT = frozenset({"VVZ", "VBZ", "VBB", "VHZ", "VHB", "VDZ", "VDB"})
#: Tags of finite verbs.
FINITE = _PRESENT | frozenset({"VVB", "VVD", "VBD", "VHD", "VDD", "VM0"})
_OBJECT = frozenset({"AT0", "DPS", "PNP", "NP0", "DT0"})
_SUBJECT = frozenset({"AT0", "DPS", "AJ0", "NN1", "NN2", "NP0"})
_PARTICLES = frozenset({"up", "out", "back", "away"})


def mended(tokens: Sequence[Token], hidden: frozenset[int]) -> list[str]:
    """A sentence's tags; ``hidden`` words get the tag of a thing that is read."""
    tags = [HIDDEN if at in hidden else token.tag for at, token in enumerate(tokens)]
    _mend_verbs(tokens, tags)
    _mend_bare_forms(tokens, tags)
    _mend_pasts(tokens, tags)
    return tags


# ----------------------------------------------------------------------------- -s forms


def _mend_verbs(tokens: Sequence[Token], tags: list[str]) -> None:
    for at, token in enumerate(tokens):
        tag, before = tags[at], tags[at - 1] if at else ""
        behind = tags[at + 1] if at + 1 < len(tags) else ""
        if tag == "CJS" and token.lemma == "like":
            tags[at] = "PRP"
        elif tag in ("VVZ", "VVB") and before in ("AT0", "DPS", "PRF", "POS"):
            tags[at] = "NN2" if tag == "VVZ" else "NN1"
        elif (tag == "VVZ" and before == "PRP" and behind not in _OBJECT) or (
            tag == "VVZ" and (_absolute(tokens, tags, at) or _subject_of_base(tokens, tags, at))
        ):
            tags[at] = "NN2"
        elif tag == "NN2" and _third_person(tokens, tags, at):
            tags[at] = "VVZ"


def _absolute(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """A plural behind a comma before the sentence's first verb: "pins between his lips, …"."""
    if not at or (tokens[at - 1].text != "," and tags[at - 1] != "CJC"):
        return False
    known = known_tags(tokens[at].text.casefold())
    if known.get("NN2", -99.0) < known.get("VVZ", -99.0):
        return False
    if at + 1 < len(tags) and tags[at + 1] in _OBJECT:
        return False
    if any(tag in FINITE for tag in tags[:at]):
        return False
    return any(
        tag in _PRESENT and (tokens[later - 1].text == "," or tags[later - 1] == "CJC")
        for later, tag in enumerate(tags[at + 1 :], at + 1)
    )


def _subject_of_base(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """``and sparks rain on the drummers``: a plural behind a conjunction, with its own verb."""
    if tags[at - 1 : at] != ["CJC"] or "NN2" not in known_tags(tokens[at].text.casefold()):
        return False
    following = tokens[at + 1 : at + 3]
    if len(following) < 2 or tags[at + 1] not in ("NN1", "VVB", "VVI"):
        return False
    base = known_tags(following[0].text.casefold())
    return bool({"VVI", "VVB"} & base.keys()) and tags[at + 2] in ("PRP", "AVP", "AT0", "DPS")


def _third_person(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """Whether what is tagged as a plural noun is a verb in the -s form."""
    token = tokens[at]
    before = tags[at - 1] if at else ""
    behind = tags[at + 1] if at + 1 < len(tags) else "PUN"
    if before == "PNP":
        return tokens[at - 1].lemma in ("he", "she", "it")
    if before == "CJC":
        return "VVZ" in tags[:at] and (
            token.lemma in words("pose", "also_nouns") or token.lemma in words("pose", "expression")
        )
    known = known_tags(token.text.casefold())
    base = known_tags(token.lemma)
    verbal = "VVZ" in known or "VVI" in base or "VVB" in base
    if not verbal or behind in FINITE or behind in _NOUNS:
        return False
    if tokens[at - 1].text == ",":  # "hammers in the peg, clips on the rope and swings out"
        listed = "VVZ" in tags[:at] and behind in _OBJECT | {"PRP", "AVP"}
        return listed and _joined_verb(tags, at)
    if before == "PRP":  # "the man it belonged to grips both arms"
        return behind in _OBJECT and at > 1 and tags[at - 2].startswith("VV")
    if before not in ("NN1", "NP0"):
        return False
    start = at - 1
    while start > 0 and tags[start - 1] in ("AJ0", "NN1", "NP0", "AV0"):
        start -= 1
    first = tokens[start - 1].lemma if start else ""
    if first in ("a", "an"):  # "a bird lands": no plural behind "a"
        return True
    # "The bird lands on the sill and eats": and needs a verb before it.
    return not any(tag in FINITE for tag in tags[:at]) and _joined_verb(tags, at)


def _joined_verb(tags: Sequence[str], at: int) -> bool:
    for later in range(at + 1, len(tags)):
        if tags[later] in FINITE:
            return tags[later - 1] in ("CJC",) or tags[later - 2 : later] == ["CJC", "AV0"]
    return False


# --------------------------------------------------------------------------- base forms


def _mend_bare_forms(tokens: Sequence[Token], tags: list[str]) -> None:
    for at, tag in enumerate(tags):
        before = tags[at - 1] if at else ""
        if tag == "VVI" and not in_infinitive(tokens, tags, at):
            tags[at] = "NN1" if before in ("AT0", "DPS", "PRP", "PRF", "AJ0") else "VVB"
        elif tag in ("NN1", "VVN", "VVD", "AJ0") and (
            _plural_verb(tokens, tags, at) or _joined_base(tokens, tags, at)
        ):
            tags[at] = "VVB"


def _joined_base(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """``set down the sofa and unwrap their sandwiches``."""
    word = tokens[at].text.casefold()
    joined = tags[at - 1 : at] == ["CJC"] and "VVB" in tags[:at]
    verbal = bool({"VVI", "VVB"} & known_tags(word).keys()) or word in words("pose", "of_beings")
    return joined and verbal and tags[at + 1 : at + 2] in (["DPS"], ["AT0"], ["PNP"])


def _plural_verb(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """Whether a base form behind a plural is its verb: "the children storm out of the gate"."""
    word = tokens[at].text.casefold()
    back = at - 1
    while back > 0 and tags[back] == "AV0":
        back -= 1
    plural = back >= 0 and (
        tags[back] == "NN2" or (tags[back] == "PNP" and tokens[back].lemma in ("they", "we"))
    )
    if not plural or (word != tokens[at].lemma and tags[at] != "VVN"):
        return False
    if not {"VVI", "VVB"} & known_tags(word).keys() or (tags[at] == "AJ0" and word.endswith("ed")):
        return False
    start = back
    while start > 0 and tags[start - 1] in ("AT0", "DPS", "DT0", "CRD", "AJ0", "NN1", "NN0", "POS"):
        start -= 1
    if start and tags[start - 1] in ("PRP", "PRF", "VVG", "VVN", "VVZ", "VVB", "VHZ"):
        return False
    if start and (tokens[start - 1].text == "," or tags[start - 1] == "PUN") and start == back:
        return False  # "eyes shut", an absolute phrase
    behind = tags[at + 1] if at + 1 < len(tags) else "PUN"
    return behind in _OBJECT | {"PRP", "AVP", "PUN", "AV0", "CJC", "TO0", "CRD", "AVQ"}


def in_infinitive(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """Whether ``to``, a modal, ``do`` or a verb of perception stands before a base form."""
    for back in range(at - 1, max(-1, at - 7), -1):
        tag = tags[back]
        if tag in ("TO0", "VM0", "VDB", "VDZ", "VDD", "VDI"):
            return True
        if tag.startswith("VV") and tokens[back].lemma in words("grammar", "perception"):
            return True
        if tag == "CJC" or (tokens[back].text == "," and back > 0):
            # "to eat and drink", "will roll up the tent, load the lion and sweep"
            return any(t in ("TO0", "VM0") for t in tags[max(0, back - 14) : back])
        if tag.startswith("VV") and tag != "VVI":
            return False
    return False


# -------------------------------------------------------------------------------- pasts


def _mend_pasts(tokens: Sequence[Token], tags: list[str]) -> None:
    in_present = any(tag in _PRESENT for tag in tags)
    for at, token in enumerate(tokens):
        if tags[at] != "VVD":
            if tags[at] == "VVN" and _lonely_past(tokens, tags, at):
                tags[at] = "VVD"
            continue
        before = tags[at - 1] if at else ""
        if before in ("VHZ", "VHB", "VBZ", "VBB"):
            tags[at] = "VVN"
        elif token.text.casefold() == "rose" and tags[at + 1 : at + 2] in (["NN1"], ["NN2"]):
            tags[at] = "NN1"
        elif token.text.casefold() in words("past", "only"):
            continue
        elif before in ("NN1", "NN2") and tokens[at - 2 : at - 1] and tokens[at - 2].text == ",":
            tags[at] = "VVN"  # "hands cupped", an absolute phrase
        elif before in ("AT0", "DPS", "PRP") or (
            at and tokens[at - 1].text.casefold() in ("her", "him", "them", "me", "us")
        ):
            tags[at] = "AJ0"
        elif in_present and not _past_amid_present(tokens, tags, at):
            tags[at] = "VVN"


def _lonely_past(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """A participle with nothing before it but a subject: "he combed his beard"."""
    before = tags[at - 1] if at else ""
    start = max((back + 1 for back in range(at) if tokens[back].text == ","), default=0)
    if before in ("NP0", "NN1", "NN2") and not any(tag in FINITE for tag in tags[start:at]):
        plain = all(tag in _SUBJECT for tag in tags[start:at])
        lemma, behind = tokens[at].lemma, tags[at + 1 :]
        told = lemma in words("speech", "clause") and ("AVQ" in behind or "CJT" in behind)
        alone = behind[:1] != ["PRP"] and not any(tag in _PRESENT for tag in tags)
        moved = alone and lemma in words("past", "intransitive")
        return plain and (told or moved)
    return (
        before == "PNP"
        and tokens[at - 1].lemma in words("grammar", "nominative") - {"it", "you"}
        and not (at > 1 and tags[at - 2].startswith("V"))
    )


def _past_amid_present(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """Whether a form in -ed is finite in a sentence whose other verbs are in the present."""
    back = at - 1
    while back >= 0 and tags[back] == "AV0":
        back -= 1
    if back < 0:
        return False
    if tokens[back].lemma in words("grammar", "nominative") or tags[back] in ("PNQ", "DTQ", "CJT"):
        return not (back and tokens[back].lemma in ("it", "you") and tags[back - 1][:1] == "V")
    return tags[back] in _NOUNS and has_object(tokens, tags, at)


def has_object(tokens: Sequence[Token], tags: Sequence[str], head: int) -> bool:
    """Whether a noun group follows a verb at once, as it does no participle behind a noun."""
    at = head + 1
    while at < len(tags) and tags[at] == "AVP" and tokens[at].lemma in _PARTICLES:
        at += 1
    if at >= len(tags):
        return False
    plain = tags[at] in _OBJECT or (tags[at] in ("NN2", "CRD") and at == head + 1)
    return plain and not words("grammar", "adverbial") & {
        token.lemma for token in tokens[at : at + 4]
    }
