"""``succession``: one person, group or animal acts twice or more, as no frozen pose can show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from storypainter.evaluators.contract import Passage
from storypainter.evaluators.moment_rules.clauses import Group, Reading, Verb
from storypainter.evaluators.moment_rules.lexicon import animals, is_living, words
from storypainter.evaluators.moment_rules.tags import HIDDEN
from storypainter.evaluators.moment_rules.text import Telling
from storypainter.evaluators.tagging import Token

_STILL = ("posture", "gaze", "hold", "state")
_PLURAL = frozenset({"NN2", "NN0"})
_NOBODY = frozenset({"nothing", "nobody", "none", "everything", "something", "anything"})
_HANDS = frozenset(
    {"hand", "arm", "foot", "elbow", "knee", "finger", "thumb", "leg", "paw", "shoulder", "fist"}
)
_NEW = frozenset({"a", "an", "another", "one", "two", "three", "some"})
_OTHER = frozenset({"other", "another", "second", "third", "next"})
_REMEMBERED = 6  # of whom a pronoun may speak
_FAR = 4  # sentences between two actions of a pronoun's chain


#: ``still`` is what a pose can hold beside an action: a gaze, a laugh.
_Kind = Literal["act", "activity", "touch", "still"]


@dataclass(frozen=True, slots=True)
class _Deed:
    """An action, by whom, where."""

    who: str
    sentence: int
    start: int
    end: int
    kind: _Kind
    lemma: str


def find(telling: Telling) -> Iterator[Passage]:
    """The second and later actions of whoever does several."""
    cast = _Cast()
    done: dict[str, list[_Deed]] = {}
    for index, reading in enumerate(telling.readings):
        ordered = any(token.lemma == "then" for token in reading.tokens)
        for deed in _deeds(reading, index, cast):
            before = done.setdefault(deed.who, [])
            near = [each for each in before if index - each.sentence <= _FAR]
            if any(_follow(each, deed, ordered) for each in near) or _third(near, deed):
                together = near[-1].sentence == index
                start = near[-1].start if together else deed.start
                yield telling.passage("succession", start, deed.end)
            before.append(deed)


def _third(near: list[_Deed], deed: _Deed) -> bool:
    """The third verb of a list with an action in it: "lifts the lid, sniffs and frowns"."""
    listed = [each for each in near if each.sentence == deed.sentence]
    return len(listed) > 1 and any(each.kind == "act" for each in (*listed, deed))


def _follow(first: _Deed, second: _Deed, ordered: bool) -> bool:
    """Whether two deeds can't be at once, as two activities can, or an act and a look."""
    if "still" in (first.kind, second.kind):
        return False
    if ordered and first.sentence == second.sentence:
        return True
    if "touch" in (first.kind, second.kind):
        return second.kind == "touch" and first.lemma in words("pose", "moves")
    return "act" in (first.kind, second.kind)


def _deeds(reading: Reading, index: int, cast: _Cast) -> Iterator[_Deed]:
    cast.meet(reading)
    shown: dict[int, str] = {}
    for verb in reading.verbs:
        if not verb.main:
            continue
        if verb.shared and verb.subject in shown:
            who = shown[verb.subject]
        else:
            who = cast.name(reading, verb)
            shown[verb.subject] = who
        kind = _kind(reading, verb)
        if not who or kind is None:
            continue
        start, end = reading.tokens[verb.at].start, reading.tokens[verb.head].end
        yield _Deed(who, index, start, max(start, end), kind, verb.lemma)


def _kind(reading: Reading, verb: Verb) -> _Kind | None:
    """What a verb tells: an action that ends, one that goes on, or nothing that moves."""
    if verb.aspect != "simple" or verb.tense == "modal" or verb.negated:
        return None
    lemma = verb.lemma
    if _phrasal(reading, verb):
        return "act"
    if lemma in words("pose", "body_object") and _of_body(reading, verb):
        return None
    if lemma in words("pose", "touch"):
        return "touch"
    if lemma in words("pose", "expression") or _says(reading, verb):
        return "still"
    if any(lemma in words("pose", name) for name in _STILL):
        return None
    if _by_hand(reading, verb):
        return None
    return "activity" if lemma in words("pose", "activity") else "act"


def _says(reading: Reading, verb: Verb) -> bool:
    """Whether words are given that somebody says: dialogue, not a deed ("asks for the bill")."""
    words_given = HIDDEN in reading.tags or "CJT" in reading.tags[verb.head :]
    return words_given and verb.lemma in words("speech", "quote") | words("speech", "clause")


def _phrasal(reading: Reading, verb: Verb) -> bool:
    """``sits down``, ``turns off``: a change, where the verb alone tells a state."""
    for at in range(verb.head + 1, min(verb.head + 5, len(reading.tags))):
        if reading.tags[at] in ("AVP", "PRP", "AJ0", "AV0"):
            return f"{verb.lemma}-{reading.tokens[at].lemma}" in words("pose", "phrasal")
        if reading.tags[at] not in ("AT0", "DPS", "NN1", "NN2", "PNP"):
            return False
    return False


def _object(reading: Reading, verb: Verb) -> Group | None:
    tags = reading.tags
    at = verb.head + 1
    while at < len(tags) and tags[at] in ("AVP", "AV0"):
        at += 1
    return next((group for group in reading.groups if group.start == at), None)


def _of_body(reading: Reading, verb: Verb) -> bool:
    """Whether the object is a part of the body, or the actor: ``has propped himself up``."""
    group = _object(reading, verb)
    if group is None:
        return False
    head = reading.tokens[group.head]
    return head.lemma in words("people", "body") or head.lemma.endswith(("self", "selves"))


def _by_hand(reading: Reading, verb: Verb) -> bool:
    """``with one hand``: two hands may do two things at once."""
    near = [token.lemma for token in reading.tokens[max(0, verb.at - 8) : verb.head + 10]]
    for at, lemma in enumerate(near):
        inside = set(near[at : at + 4]) if lemma == "with" else set()
        if inside & _HANDS and inside & {"one", "other", "free", "left", "right"}:
            return True
    return False


def _may_act(subject: Token, verb: Verb) -> bool:
    """Whether an unknown noun does what only a living being does, or counts beings."""
    if is_living(subject) is False:
        return False
    return subject.tag in ("CRD", "ORD", "DT0", "AJ0", "AJS") or verb.lemma in words(
        "pose", "of_beings"
    )


class _Cast:
    """Who has been met, so that a pronoun or a second ``the girl`` is known again."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._alias: dict[str, str] = {}
        self._met: dict[str, str] = {}  # sex by who, the latest last

    def meet(self, reading: Reading) -> None:
        """Learn names: ``a nurse called Clara``."""
        tokens, tags = reading.tokens, reading.tags
        for at, token in enumerate(tokens[:-2]):
            named = token.lemma in ("name", "call") and tags[at] == "VVN"
            if named and tags[at + 1] in ("NP0", "NN1"):
                group = next((g for g in reading.groups if g.end == at), None)
                if group is not None:
                    self._alias[tokens[at + 1].lemma] = tokens[group.head].lemma

    def name(self, reading: Reading, verb: Verb) -> str:
        """Whose action it is; empty for things and for whom nobody knows."""
        subject = reading.subject(verb)
        if subject is None or subject.lemma in _NOBODY:
            return ""
        lemma = self._alias.get(subject.lemma, subject.lemma)
        if subject.tag == "PNP":
            who = self._meant(lemma)
        elif is_living(subject) or _may_act(subject, verb):
            who = self._noun(reading, verb.subject, lemma)
        else:
            return ""
        if who:
            sex = self._sex(subject, lemma, who)
            self._met.pop(who, None)
            self._met[who] = sex
        return who

    def _sex(self, subject: Token, lemma: str, who: str) -> str:
        """``f``, ``m``, ``p`` for several, or empty for unknown."""
        if subject.tag in _PLURAL or lemma == "they":
            return "p"
        if lemma in words("people", "female"):
            return "f"
        if lemma in words("people", "male"):
            return "m"
        return self._met.get(who, "")

    def _noun(self, reading: Reading, at: int, lemma: str) -> str:
        """The one that was met as such a noun, or a new one behind ``a`` or ``another``."""
        group = reading.group_of(at)
        inside = reading.tokens[group.start : at + 1] if group else (reading.tokens[at],)
        if inside[0].lemma in _NEW or any(token.lemma in _OTHER for token in inside):
            self._count[lemma] = self._count.get(lemma, 0) + 1
        return f"{lemma} {self._count.get(lemma, 0)}"

    def _meant(self, pronoun: str) -> str:
        """Whom a pronoun means: the last one met that it fits, or fits for all we know."""
        if pronoun in ("i", "we"):
            return pronoun
        if pronoun == "you":
            return ""  # instructions
        latest = list(reversed(self._met.items()))[:_REMEMBERED]
        if pronoun == "it":
            beasts = (who for who, sex in latest if not sex and who.split()[0] in animals())
            return next(beasts, "")
        wanted = {"he": "m", "she": "f", "they": "p"}.get(pronoun, "")
        unknown = [who for who, sex in latest if not sex and wanted != "p"]
        people = {who for who in unknown if who.split()[0] not in animals()}
        fits = (who for who, sex in latest if sex == wanted or who in people)
        return next(fits, unknown[0] if unknown else pronoun)
