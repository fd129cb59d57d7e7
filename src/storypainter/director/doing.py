"""Whose verb it is, by the order of a sentence's items alone: the doer is named, or nobody is.

The reader follows a sentence from left to right; this looks back from a verb over what stands
between it and its subject: phrases behind prepositions, relative clauses, what is set off by commas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from storypainter.director.clauses import MEANT
from storypainter.director.drafts import Draft
from storypainter.director.gazetteer import gazetteer
from storypainter.director.phrases import Item
from storypainter.director.placing import bearing

_BREAKS = frozenset(".;:!?—–()\n")
_CARRIED = frozenset({"be", "have", "auxiliary", "be-ing", "have-ing"})
_SKIPPED = frozenset({"adverb", "not", "adjective", "written"})
_MEANT = ("role", "animal")
_Group = list[Draft]
#: Words in the place of a subject that mean some of those last told of together.
MEMBERS: dict[str, Callable[[_Group], _Group]] = {
    "one": lambda group: group[:1],
    "other": lambda group: group[1:2],
    "another": lambda group: group[1:2],
    "both": lambda group: group[:2] if len(group) == 2 else [],
    "each": lambda group: group,
    "all": lambda group: group,
}


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does a verb: the items that name them; ``behind`` if they follow it, ``known`` if sure."""

    items: tuple[Item, ...] = ()
    behind: bool = False
    known: bool = field(default=True)


_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "last", "next", "youngest", "eldest"}
    | {"oldest", "smallest", "tallest", "rest", "former", "latter"}
)
_UNKNOWN = Doer(known=False)


def doer(items: Sequence[Item], at: int) -> Doer:
    """Who does the verb at an index of a sentence's items."""
    found = _found(items, at)
    living = lemma_of(items[at]) in bearing()["lists"]["only_living_verbs"]
    nobody = bool(found.items) and not any(_can_live(each) for each in found.items)
    return _nearest(items, at) if living and nobody and found.known else found


def _can_live(item: Item) -> bool:
    return item.type != "noun" or acts(item) or item.unseen == "body"


def _nearest(items: Sequence[Item], at: int) -> Doer:
    """The first free noun of a clause that can do what only the living do."""
    begin = _clause_start(items, at)
    free = (
        items[i] for i in range(begin, at)
        if items[i].type == "noun" and acts(items[i]) and _governed(items, i, begin) is None
    )  # fmt: skip
    first = next(free, None)
    return Doer() if first is None else Doer((first,))


def _found(items: Sequence[Item], at: int) -> Doer:
    verb = items[at]
    begin = _clause_start(items, at)
    meant = at > 0 and items[at - 1].text.casefold() in MEANT
    if verb.form in _CARRIED or (verb.form == "base" and meant):
        return _UNKNOWN
    behind = _behind(items, at, begin) if verb.form in ("finite", "base") else None
    if behind is not None:
        return Doer((behind,), behind=True)
    if items[begin].word == "what" and begin < at:
        return Doer()  # "what she looks at lies on the table"
    if is_participle(items, at):
        return _participle(items, at, begin)
    if _of_another(items, at, begin) or _of_lettering(items, at, begin):
        return Doer()
    return _Walk(items, begin, verb).back(at - 1)


def _of_lettering(items: Sequence[Item], at: int, begin: int) -> bool:
    """Whether words that are written somewhere are the subject: "across it runs STOP"."""
    behind = items[at + 1].type if at + 1 < len(items) else "mark"
    placing = items[at].word in bearing()["lists"]["placing_verbs"]
    return behind == "written" and placing and _place_first(items, at, begin)


def _of_another(items: Sequence[Item], at: int, begin: int) -> bool:
    """Whether an ordinal right before a verb is its subject: "a third runs ahead"."""
    if at - 2 < begin or items[at - 1].text.casefold() not in _ORDINALS:
        return False
    return items[at - 2].text.casefold() in ("a", "the", "an")


def lemma_of(item: Item) -> str:
    """The lemma of a verb; a regular one where the tagger gives that of another: "hops", "hope"."""
    text, lemma = item.text.casefold(), item.word
    stem = lemma.removesuffix("e")
    usual = {lemma, f"{lemma}s", f"{lemma}es", f"{stem}ing", f"{stem}ed", f"{lemma}ing"}
    usual |= {f"{lemma}{lemma[-1:]}ing", f"{lemma}{lemma[-1:]}ed"}
    if text in usual:
        return lemma
    stems = [text.removesuffix(end) for end in ("s", "es", "ing", "ed") if text.endswith(end)]
    stems += [each[:-1] for each in stems if each[-1:] == each[-2:-1]]
    poses = (each for each in stems if gazetteer().group(each, "pose") is not None)
    return next(poses, lemma)


def acts(item: Item) -> bool:
    """Whether a noun names a person or an animal."""
    return item.named or any(item.has(kind) for kind in _MEANT)  # type: ignore[arg-type]


def is_participle(items: Sequence[Item], at: int) -> bool:
    """Whether a verb is a participle without be or have, also where the tagger says otherwise."""
    verb = items[at]
    past = verb.form == "finite" and _past(verb) and _in_the_present(items)
    free = verb.form in ("ing", "past") or past
    return free and not _carried(items, at, _clause_start(items, at))


def _in_the_present(items: Sequence[Item]) -> bool:
    """Whether a sentence tells of what happens now: its verbs in -ed are participles."""
    return any(
        item.type == "verb" and not _past(item) and item.form in ("finite", "be", "have")
        and item.text.casefold() not in ("was", "were", "had")
        for item in items
    )  # fmt: skip


def _clause_start(items: Sequence[Item], at: int) -> int:
    for i in range(at - 1, -1, -1):
        item = items[i]
        if item.type == "mark" and item.text in _BREAKS:
            return i + 1
        if item.type == "conjunction" and item.word not in ("and", "or", "but"):
            return i + 1
    return 0


def _carried(items: Sequence[Item], at: int, begin: int) -> bool:
    """Whether a participle belongs to a form of be or have: "is lying", "has sat down"."""
    for i in range(at - 1, begin - 1, -1):
        if items[i].type == "verb":
            return items[i].form in _CARRIED
        if items[i].type not in ("adverb", "not"):
            return False
    return False


def _governed(items: Sequence[Item], at: int, begin: int) -> int | None:
    """The index of the preposition before a noun, or None if it stands free."""
    i = at - 1
    while i - 1 >= begin and items[i].type == "possessive":
        i -= 2  # "the man's hat": the possessor opens the phrase
    while i > begin and items[i].type in ("adverb", "adjective", "conjunction"):
        if items[i].type == "conjunction" and items[i - 1].type != "adjective":
            break  # "in red and white stockings"
        i -= 1
    if i < begin or not (items[i].type == "preposition" or items[i].word == "without"):
        return None
    return i


def _object(items: Sequence[Item], at: int, begin: int) -> bool:
    """Whether a noun is what the verb before it is done to: "the girl who made it"."""
    i = at - 1
    while i > begin and items[i].type in ("adverb", "adjective"):
        i -= 1
    if i < begin or items[i].type != "verb":
        return False
    aside = items[i].text.casefold() == "left"  # "on her left a man"
    return (
        not aside
        and items[i].form not in _CARRIED
        and items[i].word not in bearing()["lists"]["placing_verbs"]
    )


def _past(item: Item) -> bool:
    """Whether a verb has the form of a participle, which the tagger may take for the past."""
    return item.text.casefold() != item.word and not item.text.casefold().endswith("s")


def _behind(items: Sequence[Item], at: int, begin: int) -> Item | None:
    """The subject that follows its verb where a clause begins with its place: "on it sits a man"."""
    places = bearing()["lists"]["placing_verbs"]
    noun = next((i for i in items[at + 1 : at + 4] if i.type not in ("adverb", "adjective")), None)
    if items[at].word not in places or noun is None or noun.type != "noun":
        return None
    return noun if _place_first(items, at, begin) else None


def _place_first(items: Sequence[Item], at: int, begin: int) -> bool:
    i = at - 1
    while i >= begin and items[i].type in _SKIPPED:
        i -= 1
    if i < begin:
        return begin < at
    before = items[i]
    if before.type in ("noun", "pronoun") and _governed(items, i, begin) is None:
        return False
    if before.type not in ("noun", "mark"):
        return before.type == "pronoun" and _opens_with_place(items, i, begin)
    return _opens_with_place(items, i, begin)


def _opens_with_place(items: Sequence[Item], at: int, begin: int) -> bool:
    """Whether nobody who could act stands free between the clause's start and an index."""
    first = begin
    for i in range(at, begin - 1, -1):
        finite = items[i].type == "verb" and items[i].form not in ("ing", "past")
        if items[i].type == "conjunction" or (finite and i < at and not _past(items[i])):
            first = i + 1
            break
    while first <= at and items[first].type in ("mark", "adverb"):
        first += 1
    if first > at or items[first].type != "preposition":
        return False
    free = (
        i for i in range(first, at + 1)
        if items[i].type in ("noun", "pronoun") and _governed(items, i, begin) is None
        and not (i + 1 < len(items) and items[i + 1].type == "possessive")
        and not (i > first and items[i - 1].text == "and")
    )  # fmt: skip
    return not any(items[i].type == "pronoun" or acts(items[i]) for i in free)


def _participle(items: Sequence[Item], at: int, begin: int) -> Doer:
    """Whose participle it is: of the noun before it, or of the clause that it is set off from."""
    i = at - 1
    while i >= begin and items[i].type in ("adverb", "not"):
        i -= 1
    if i < begin:
        return _of_next(items, at)
    before = items[i]
    if before.type == "pronoun":
        return Doer((before,))
    if before.type == "noun":
        living = items[at].form == "ing" and items[at].word in bearing()["lists"]["living_verbs"]
        for k in range(i, begin - 1, -1):
            item = items[k]
            if item.type == "noun" and (acts(item) or not living):
                return Doer((item,))
            if item.type in ("mark", "verb", "conjunction"):
                break
        return _UNKNOWN
    return _of_clause(items, i, begin, at)


def _of_clause(items: Sequence[Item], before: int, begin: int, at: int) -> Doer:
    """Who does the finite verb before a participle that is set off by a comma."""
    found = _of_verb(items, before, begin, at)
    bodily = items[at].word in bearing()["lists"]["bodily_verbs"]
    if not bodily or any(acts(i) or i.word in ("he", "she", "they", "who") for i in found.items):
        return found
    living = (items[k] for k in range(before, begin - 1, -1))
    nearest = next((i for i in living if i.type == "noun" and acts(i)), None)
    return _UNKNOWN if nearest is None else Doer((nearest,))


def _of_verb(items: Sequence[Item], before: int, begin: int, at: int) -> Doer:
    aside = items[before].type != "verb"  # "a man in a coat comes running" runs
    flows = aside and items[at].word in bearing()["lists"]["flowing_verbs"]
    nearest = next(
        (items[k] for k in range(before, begin - 1, -1) if items[k].type == "noun"), None
    )
    if flows and nearest is not None and not acts(nearest):
        return Doer()  # "a man at the tap, running"
    for k in range(before, begin - 1, -1):
        if items[k].type == "verb" and items[k].form in ("finite", "be", "have"):
            if is_participle(items, k):
                continue
            if items[k].form == "finite":
                return doer(items, k)
            return _Walk(items, begin, items[k]).back(k - 1)
    return _UNKNOWN


def _of_next(items: Sequence[Item], at: int) -> Doer:
    """Who does the verb behind a participle that opens a sentence: "Smiling, the man waves"."""
    for k in range(at + 1, len(items)):
        if items[k].type == "verb" and items[k].form == "finite":
            return doer(items, k) if k > at else _UNKNOWN
    return _UNKNOWN


class _Walk:
    """Looks back from a finite verb for the free noun that does it."""

    def __init__(self, items: Sequence[Item], begin: int, verb: Item) -> None:
        self.items = items
        self.begin = begin
        self.verb = verb
        self.passed = False
        self.set_off = False
        self.spare: Item | None = None

    def back(self, i: int) -> Doer:
        while i >= self.begin:
            item = self.items[i]
            if item.word in MEMBERS and item.type == "adverb" and self._opens(i):
                return Doer((item,))
            if item.type in _SKIPPED or item.type in ("preposition", "possessive"):
                i -= 1
            elif item.type == "verb":
                if item.form in _CARRIED and not self.passed and not self.set_off:
                    i -= 1
                    continue
                if item.form in ("ing", "past", "base") or _past(item):
                    i -= 1
                    continue
                if self.set_off and self._absolute(i):
                    i -= 1
                    continue
                skipped = self._relative(i)
                if skipped is None:
                    return doer(self.items, i) if self.set_off else _UNKNOWN
                self.passed, i = True, skipped
            elif item.type == "mark":
                self.set_off = True
                i -= 1
            elif item.type == "conjunction" and self.set_off and not self.passed:
                i -= 1  # "two rings, a wide one and a narrow one, lie there"
            elif item.type == "conjunction":
                return self._joined(i)
            elif item.type == "pronoun":
                found = self._pronoun(i)
                if isinstance(found, Doer):
                    return found
                i = found
            else:
                noun = self._noun(i)
                if isinstance(noun, Doer):
                    return noun
                i = noun
        return self._adverbial()

    def _opens(self, i: int) -> bool:
        """Whether a word stands where a clause's subject does: "one waits, another sleeps"."""
        before = self.items[i - 1] if i > self.begin else None
        if before is not None and before.word == "the":
            before = self.items[i - 2] if i - 1 > self.begin else None
        compared = i == self.begin > 0 and self.items[i - 1].word in ("as", "than")
        free = not compared and (before is None or before.type in ("mark", "conjunction"))
        return free and not self.passed and not self.set_off

    def _adverbial(self) -> Doer:
        """The noun that only seemed to stand behind a preposition: "far below people wait"."""
        return _UNKNOWN if self.spare is None else Doer((self.spare,))

    def _absolute(self, verb: int) -> bool:
        """Whether a verb is of what is only set off: "the gull, wings spread, hangs there"."""
        if verb - 2 < self.begin:
            return False
        noun, comma = self.items[verb - 1], self.items[verb - 2]
        return noun.type == "noun" and not acts(noun) and comma.text == ","

    def _relative(self, verb: int) -> int | None:
        """Where a relative clause around a finite verb begins, or None if there is none."""
        for k in range(verb - 1, self.begin - 1, -1):
            item = self.items[k]
            if item.type == "pronoun" and item.word in ("who", "which", "that", "whose", "whom"):
                return k - 1
            if item.type in ("mark", "conjunction"):
                return None
            if item.type == "verb" and item.form == "finite":
                return None
        return None

    def _joined(self, i: int) -> Doer:
        """A verb behind "and": it has the doer of the verb before, unless a place stands between."""
        if self.passed:
            return self._adverbial()
        for k in range(i - 1, self.begin - 1, -1):
            item = self.items[k]
            if item.type == "verb" and item.form in ("finite", "be", "have"):
                if item.form == "finite":
                    return doer(self.items, k)
                return _Walk(self.items, self.begin, item).back(k - 1)
        return _UNKNOWN

    def _pronoun(self, i: int) -> Doer | int:
        item = self.items[i]
        if item.word in ("himself", "herself", "itself", "themselves"):
            return i - 1
        if item.word in ("who", "which", "that"):
            return self._antecedent(i)
        if _governed(self.items, i, self.begin) is not None:
            self.passed = True
            return i - 2
        if item.word == "it" and _object(self.items, i, self.begin):
            self.passed = True
            return i - 1
        if item.word in ("him", "her", "them", "whom", "whose"):
            return _UNKNOWN
        return Doer((item,))

    def _antecedent(self, i: int) -> Doer:
        who = self.items[i].word == "who"
        for k in range(i - 1, -1, -1):
            item = self.items[k]
            if item.type == "noun" and (not who or acts(item)):
                return Doer((item,))
            if item.type == "verb" and item.form == "finite":
                break
        return _UNKNOWN

    def _noun(self, i: int) -> Doer | int:
        items, begin = self.items, self.begin
        prep = _governed(items, i, begin)
        if prep is not None:
            near = items[prep].word in bearing()["lists"]["adverbial"] and not self.passed
            if near and acts(items[i]):
                self.spare = items[i]
            self.passed = True
            return prep - 1
        if _object(items, i, begin):
            self.passed = True
            return i - 1
        first = i
        while first - 2 >= begin and items[first - 1].type == "possessive":
            first -= 2
        before = items[first - 1] if first > begin else None
        if before is not None and before.type == "conjunction" and before.word in ("and", "or"):
            return self._pair(i, first - 2)
        comma = before is not None and before.text == ","
        if comma and self.set_off and not acts(items[i]):
            return first - 1  # "the man, hat in hand, waits"
        return Doer((items[i],))

    def _pair(self, last: int, i: int) -> Doer | int:
        """Two nouns joined by "and", which may both stand behind a preposition."""
        items = self.items
        while i >= self.begin and items[i].type in ("adjective", "adverb"):
            i -= 1
        if i < self.begin or items[i].type not in ("noun", "pronoun"):
            return Doer((items[last],))
        prep = _governed(items, i, self.begin)
        if prep is None:
            before = items[i - 1] if i > self.begin else None
            aside = before is not None and before.text == "," and self.set_off
            if aside and not (acts(items[i]) or acts(items[last])):
                return i - 2  # "the man, coat and hat on, waits"
            verbal = before is not None and before.type == "verb"
            return Doer((items[last],)) if verbal else Doer((items[i], items[last]))
        free = prep - 1
        if free >= self.begin and items[free].type == "noun":
            if self.verb.text.endswith("s") or not acts(items[last]):
                self.passed = True
                return free
            return Doer((items[free], items[last]))
        return Doer((items[last],))
