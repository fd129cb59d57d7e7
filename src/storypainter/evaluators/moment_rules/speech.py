"""``dialogue``: speech or thought that is given in words, quoted or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.clauses import Reading
from storypainter.evaluators.moment_rules.lexicon import is_abstract, is_living, is_writing, words
from storypainter.evaluators.moment_rules.tags import HIDDEN
from storypainter.evaluators.moment_rules.text import Telling

_VERB_FORMS = frozenset({"VVZ", "VVB", "VVD", "VVG", "VVN", "VVI"})
_CLAUSE_WORDS = frozenset(
    {"whether", "if", "that", "what", "who", "why", "how", "where", "when", "which"}
)
_ASKING = frozenset({"what", "who", "why", "how", "where", "when", "which", "whether", "if"})
_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "i", "you", "there"})
_LIVING = frozenset({"PNP", "NP0", "PNI"})
_CALLING = frozenset(
    {"shout", "yell", "call", "cry", "scream", "whisper", "appeal", "plead", "argue", "sign"}
)
#: Words that are said as they stand: "says yes".
_WORDS = frozenset({"yes", "no", "please", "thanks", "sorry", "amen", "cheese", "aye"})
_SIGHTS = frozenset({"act", "deed", "gesture", "sight", "sign", "sound", "place", "way", "fact"})
# "a line like in a play:  ANNA: Where are you?"
_SCRIPT = re.compile(r"^[ \t*_]*(?:[A-Z][a-z]+ ?){1,2}[*_]*: *[*_]*(?=[A-Z“\"'])", re.M)
# "A thought crosses his mind: I have left the stove on."
_THOUGHT = re.compile(
    r"\b(?:thought|mind|question|idea|answer)\b[^.:!?\x00]{0,40}: *\w[^.!?\x00]+[.!?]", re.I
)
_ADDRESS = re.compile(r"\b(?:I|you|we|my|your|I'm|let's)\b|[?!]", re.I)


def find(telling: Telling) -> Iterator[Passage]:
    """The passages of a text that give speech or thought in words."""
    for quotation in telling.quotations:
        if quotation.kind == "speech":
            yield telling.passage("dialogue", quotation.start, quotation.end)
    for reading in telling.readings:
        for start, end in _reported(reading):
            yield telling.passage("dialogue", start, end)
    for match in _THOUGHT.finditer(telling.own):
        yield telling.passage("dialogue", match.start(), match.end())
    for match in _SCRIPT.finditer(telling.own):
        stop = telling.own.find("\n", match.end())
        line = telling.own[match.end() : stop if stop > 0 else len(telling.own)]
        if _ADDRESS.search(line):
            yield telling.passage("dialogue", match.start(), match.end() + len(line))


def _reported(reading: Reading) -> Iterator[tuple[int, int]]:
    for at, token in enumerate(reading.tokens):
        if reading.tags[at] not in _VERB_FORMS or not _somebody(reading, at):
            continue
        end = _to_know(reading, at)
        if end < 0 and token.lemma in words("speech", "clause"):
            end = _clause(reading, at)
        if end < 0:
            end = max(_order(reading, at), _answer(reading, at))
        if end >= 0:
            yield token.start, reading.tokens[min(end, len(reading.tokens) - 1)].end
        elif token.lemma in words("speech", "quote") and _announced(reading, at):
            yield token.start, reading.sentence.end
        elif token.lemma in words("speech", "quote") and _inserted(reading, at):
            yield reading.sentence.start, token.end


def _somebody(reading: Reading, at: int) -> bool:
    """Whether somebody may speak: no sign, no picture, no part of the body, no ``as if to say``."""
    before = reading.tokens[max(0, at - 4) : at]
    lemmas = [token.lemma for token in before]
    if "as" in lemmas and ("if" in lemmas or "though" in lemmas):
        return False
    if "seem" in lemmas or "appear" in lemmas:
        return False
    if _inscribed(reading, at):
        return False
    tag = reading.tags[at]
    if tag == "VVN":
        return any(token.tag.startswith("VB") for token in before)
    if tag in ("VVG", "VVI"):
        return tag == "VVG" or any(t.tag == "VM0" for t in before)
    verb = next((v for v in reading.verbs if v.head == at or v.at == at), None)
    if verb is None:
        return False
    subject = reading.subject(verb)
    if subject is None:
        return False
    if subject.lemma == "voice":
        return True
    if subject.lemma in words("people", "body") or subject.lemma in words("abstract", "felt"):
        return False
    if is_living(subject):
        return True
    inanimate = (
        is_writing(subject.lemma) or subject.lemma in words("picture", "nouns") | _SIGHTS
    ) or is_abstract(subject)
    return not inanimate and subject.lemma not in ("it", "this", "that", "which", "there")


def _inscribed(reading: Reading, at: int) -> bool:
    """``COME AT ONCE, says the card that she holds``: what speaks is paper, behind its verb."""
    group = next((g for g in reading.groups if g.start == at + 1), None)
    if group is None or not is_writing(reading.tokens[group.head].lemma):
        return False
    before = reading.tokens[at - 1].text if at else ","
    return before == "," or (len(before) > 1 and before.isupper())


def _clause(reading: Reading, at: int) -> int:
    """The token at which a reported clause begins, or -1."""
    tokens, tags = reading.tokens, reading.tags
    lemma = tokens[at].lemma
    place = _behind_addressee(reading, at)
    if place >= len(tokens):
        return -1
    far = _far_that(reading, at)
    if far >= 0:
        return _end(reading, far)
    word = tokens[place].text.casefold()
    if tags[place] == HIDDEN:
        return -1
    if word == "that" and (tags[place] == "CJT" or _verb_soon(reading, place + 1)):
        return _end(reading, place)
    if (
        word in _ASKING
        and lemma not in words("grammar", "not_asked")
        and _verb_soon(reading, place + 1)
    ):
        if word == "if" and lemma not in ("ask", "wonder", "inquire", "enquire", "know", "doubt"):
            return -1
        return _end(reading, place)
    bare = lemma in words("speech", "bare") and (word in _SUBJECTS or tags[place] != "PNP")
    return _end(reading, place) if bare and _subject_then_verb(reading, place) else -1


def _far_that(reading: Reading, at: int) -> int:
    """``says to the lady with the parrot that …``: the place of ``that``, or -1."""
    first = at + 1
    while first < len(reading.tags) and reading.tags[first] in ("AV0", "AVP"):
        first += 1
    if first >= len(reading.tags) or reading.tags[first] != "PRP":
        return -1
    if reading.tokens[first].lemma in ("about", "over", "on", "like"):
        return -1
    for place in range(first, min(at + 12, len(reading.tokens))):
        relative = any(verb.at == place + 1 for verb in reading.verbs)
        if reading.tags[place] == "CJT" and _verb_soon(reading, place + 1) and not relative:
            return place
        if reading.tokens[place].text in ",;:" or any(v.at == place for v in reading.verbs):
            return -1
    return -1


def _behind_addressee(reading: Reading, at: int) -> int:
    """The place behind ``(to) the fisherman``, where a clause may begin."""
    tags, tokens = reading.tags, reading.tokens
    place = at + 1
    while place < len(tags) and tags[place] in ("AV0", "AVP") and tokens[place].lemma != "about":
        place += 1
    start = place
    if (
        place < len(tags)
        and tags[place] == "PRP"
        and tokens[place].lemma in ("to", "at", "with", "into")
    ):
        place += 1
    group = next((g for g in reading.groups if g.start == place), None)
    if group is None:
        return start
    following = group.end
    while following < len(tags) and tags[following] in ("AV0", "PRF"):
        inner = next((g for g in reading.groups if g.start == following + 1), None)
        following = inner.end if tags[following] == "PRF" and inner else following + 1
    if following < len(tags) and tokens[following].text == ",":
        following += 1
    if following < len(tags) and tokens[following].text.casefold() in _CLAUSE_WORDS:
        return following
    return start


def _verb_soon(reading: Reading, start: int) -> bool:
    return any(start <= verb.at <= start + 12 for verb in reading.verbs) or any(
        tag == "TO0" for tag in reading.tags[start : start + 2]
    )


def _subject_then_verb(reading: Reading, place: int) -> bool:
    """Whether a noun group there is the subject of a verb that follows it at once."""
    group = next((g for g in reading.groups if g.start == place), None)
    if group is None:
        return False
    return any(group.end <= verb.at <= group.end + 1 for verb in reading.verbs)


def _order(reading: Reading, at: int) -> int:
    """``tells him to come``, ``promises to come``: where the infinitive ends, or -1."""
    tokens, tags = reading.tokens, reading.tags
    lemma = tokens[at].lemma
    place = at + 1
    addressed = False
    passive = tags[at] == "VVN"
    calling = lemma in _CALLING
    if calling and place < len(tokens) and tokens[place].lemma in ("at", "to", "for", "with", "on"):
        place += 1
    group = next((g for g in reading.groups if g.start == place), None)
    if group is not None:
        directs = lemma in words("speech", "directive") or (calling and place > at + 1)
        addressed = directs and is_living(tokens[group.head]) is not False
        to_somebody = lemma in words("speech", "infinitive") and is_living(tokens[group.head])
        if addressed or to_somebody:
            place = group.end
    while place < len(tags) and tags[place] in ("XX0", "AV0"):
        place += 1
    infinitive = tags[place : place + 2] if place < len(tags) else ()
    if len(infinitive) < 2 or infinitive[0] != "TO0":
        return -1
    if addressed or (passive and lemma in words("speech", "directive")):
        return _end(reading, place)
    return _end(reading, place) if lemma in words("speech", "infinitive") else -1


def _answer(reading: Reading, at: int) -> int:
    """``says yes``: the place of the word that is said, or -1."""
    following = reading.tokens[at + 1 : at + 2]
    said = bool(following) and following[0].lemma in _WORDS
    closed = reading.tags[at + 2 : at + 3] in ((), ("PUN",), ("CJC",), ("PRP",), ("CJS",))
    return at + 1 if said and closed and reading.tokens[at].lemma in ("say", "answer") else -1


def _to_know(reading: Reading, at: int) -> int:
    """``wants to know who …``, ``lets them know that …``: where the clause begins, or -1."""
    if reading.tokens[at].lemma not in ("want", "let"):
        return -1
    for place in range(at + 1, min(at + 6, len(reading.tokens) - 1)):
        if reading.tokens[place].lemma == "know":
            asked = reading.tokens[place + 1].text.casefold() in _CLAUSE_WORDS
            return _end(reading, place + 1) if asked else -1
    return -1


def _announced(reading: Reading, at: int) -> bool:
    """``thinks: I can jump over that``: words behind a colon, without marks."""
    if len(reading.tokens) < at + 3 or reading.tokens[at + 1].text != ":":
        return False
    return reading.visible(at + 2) and any(verb.at > at + 1 for verb in reading.verbs)


def _inserted(reading: Reading, at: int) -> bool:
    """``Where is it, she wonders``: speech without marks around, before or behind its verb."""
    tokens, tags = reading.tokens, reading.tags
    verb = next((v for v in reading.verbs if v.head == at), None)
    if verb is None:
        return False
    subject = verb.subject
    if verb.shared:  # "It is late, says the guard"
        subject = next((group.head for group in reading.groups if group.start == at + 1), -1)
    if subject < 0:
        return False
    group = reading.group_of(subject)
    first = min(subject, verb.at, group.start if group is not None else verb.at)
    last = max(at, subject)
    if first < 2 or tokens[first - 1].text not in (",", "?", "!", "–", "—"):
        return False
    if tags[subject] not in _LIVING and not is_living(tokens[subject]):
        return False
    behind = tokens[last + 1 : last + 2]
    rest = [token for token in tokens[last + 1 :] if token.is_word]
    inverted = subject > verb.at  # "We all fit, says the driver of the taxi"
    if (len(rest) < 4 or inverted) and not any(token.tag.startswith("V") for token in rest):
        asked = tags[0] in ("VBZ", "VBB", "VBD", "VM0", "VDZ", "VDB", "AVQ", "ITJ")
        addressed = asked or any(
            word.lemma in ("i", "you", "we") or word.text == "?" for word in tokens[:first]
        )
        return addressed and any(each.at < first for each in reading.verbs)
    # "The dog, Max thinks, knows …"
    goes_on = any(each.at > last for each in reading.verbs)
    return goes_on and behind[0].text in (",", "–", "—") and tokens[first].tag != "PNQ"


def _end(reading: Reading, place: int) -> int:
    """The last token of a clause that begins there: up to a comma or the sentence's end."""
    for at in range(place, len(reading.tokens)):
        if at > place and reading.tokens[at].text in ",;:.!?":
            return at - 1
    return len(reading.tokens) - 1
