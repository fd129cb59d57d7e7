"""Who does what in a sentence: finite verbs with tense, aspect, clause and subject, from C5 tags.

No parser: noun groups, verb groups and the words that open and close clauses, read from left to
right. Enough for stories; where it is unsure it rather sees a subordinate clause or no verb,
since the rules accuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from storypainter.evaluators.moment_rules.lexicon import is_living, words
from storypainter.evaluators.moment_rules.tags import (
    FINITE,
    HIDDEN,
    has_object,
    in_infinitive,
    mended,
)
from storypainter.evaluators.tagging import Sentence, Token

Tense = Literal["present", "past", "future", "modal"]

_DETERMINERS = frozenset({"AT0", "DPS", "DT0"})
_NOUNS = frozenset({"NN0", "NN1", "NN2", "NP0", "UNC", "ZZ0"})
_HEADS = _NOUNS | {"PNI", "CRD", "ORD", "DT0", HIDDEN}
_GROUP = _DETERMINERS | _HEADS | {"AJ0", "AJC", "AJS", "POS"}
_PAST = frozenset({"VVD", "VBD", "VHD", "VDD"})
_ADVERBIAL = frozenset({"PRP", "AVP", "AV0"})
_BETWEEN = frozenset({"AV0", "XX0", "AVP"})  # between an auxiliary and its verb
_OPENERS = frozenset({"CJS", "CJT", "DTQ", "PNQ", "AVQ"})
_HARD = frozenset(";:—–…")
_SINGULAR = frozenset({"NN1", "NP0", "PNP"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "sha"})
_NEAR = 3  # words between a verb and a subject that stands behind it


@dataclass(frozen=True, slots=True)
class Group:
    """A noun group: tokens ``start`` to ``end`` (behind the last), its head, and its role."""

    start: int
    end: int
    head: int
    governed: bool  # by a preposition or a participle: no subject


@dataclass(frozen=True, slots=True)
class Verb:
    """A finite verb group. Indices count the sentence's tokens.

    ``at`` is the finite word, ``head`` the lexical verb; ``opener`` the index of the word that
    subordinates it (-1 in a main clause, or when the clause has no such word); ``subject`` the
    head of its subject, or -1; ``shared`` when the subject is that of the verb before.
    """

    at: int
    head: int
    lemma: str
    tense: Tense
    aspect: Literal["simple", "progressive", "perfect", "passive"]
    main: bool
    opener: int = -1
    subject: int = -1
    shared: bool = False
    sure: bool = True  # a past that can't be a participle
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as the rules see it."""

    sentence: Sentence
    tags: tuple[str, ...]
    groups: tuple[Group, ...]
    verbs: tuple[Verb, ...]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.sentence.tokens

    def visible(self, at: int) -> bool:
        """Whether a token is the narrator's own."""
        return self.tags[at] != HIDDEN

    def subject(self, verb: Verb) -> Token | None:
        """The head of a verb's subject."""
        return self.tokens[verb.subject] if verb.subject >= 0 else None

    def group_of(self, at: int) -> Group | None:
        """The noun group that has its head there."""
        return next((group for group in self.groups if group.head == at), None)


def read(sentence: Sentence, hidden: frozenset[int] = frozenset()) -> Reading:
    """Read a sentence; ``hidden`` are the indices of quoted and written words."""
    tags = mended(sentence.tokens, hidden)
    groups = tuple(_groups(sentence.tokens, tags))
    verbs = _placed(sentence.tokens, tags, groups, list(_verb_groups(sentence.tokens, tags)))
    return Reading(sentence, tuple(tags), groups, verbs)


# ----------------------------------------------------------------------------- groups


def _groups(tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Group]:
    at, last = 0, None
    while at < len(tags):
        if tags[at] == "PNP":
            end, head = at + 1, at
        elif tags[at] in _GROUP:
            end, head = _group_end(tokens, tags, at)
        else:
            at += 1
            continue
        if head >= 0:
            last = Group(at, end, head, _governed(tokens, tags, at, end, last))
            yield last
        at = end


def _group_end(tokens: Sequence[Token], tags: Sequence[str], start: int) -> tuple[int, int]:
    """(end, head) of the group that starts there; the head is -1 without a noun."""
    head = -1
    at = start
    while at < len(tags):
        tag = tags[at]
        if tag in ("VVG", "VVN", "VVD") and at > start and head < 0 and _attributive(tags, at):
            pass  # "the waiting car", "a painted fence"
        elif tag == "AV0" and at + 1 < len(tags) and tags[at + 1] in ("AJ0", "AJC", "AV0"):
            pass
        elif tag not in _GROUP:
            break
        if at > start and tag in ("AT0", "DPS") and tags[at - 1] not in ("DT0", "POS"):
            break  # the next group begins: "the cake the dog stole"
        if at > start and tag in ("DT0", "PNI") and head >= 0:
            break
        if (
            tag in _NOUNS
            or tag in ("PNI", HIDDEN)
            or (tag in ("CRD", "ORD", "DT0") and (head < 0 or tags[head] not in _NOUNS))
        ):
            head = at
        elif tag == "POS":
            head = -1
        at += 1
    if head < 0 and start < at and tags[start] == "AT0" and tags[at - 1] in ("AJ0", "AJS", "AJC"):
        head = at - 1  # "the smallest", "the old"
    return max(at, start + 1), head


def _attributive(tags: Sequence[str], at: int) -> bool:
    return at + 1 < len(tags) and tags[at + 1] in _NOUNS | {"AJ0"}


def _governed(
    tokens: Sequence[Token], tags: Sequence[str], start: int, end: int, last: Group | None
) -> bool:
    """Whether a preposition or participle stands before the group, or a governed one with and."""
    before = start - 1
    if before < 0:
        return False
    if tags[before] in ("PRP", "PRF", "VVG", "VVN", "VBG", "VHG"):
        return True
    joined = tags[before] == "CJC" or tokens[before].text == ","
    if joined and tags[before] == "CJC" and last is not None and last.end >= before - 1:
        return last.governed and not (end < len(tags) and tags[end] in FINITE)
    return False


# ------------------------------------------------------------------------ verb groups


def _verb_groups(tokens: Sequence[Token], tags: Sequence[str]) -> Iterator[Verb]:
    at = 0
    modal: Verb | None = None
    while at < len(tags):
        if tags[at] in FINITE and not _nominal(tokens, tags, at):
            verb = _verb_group(tokens, tags, at)
            modal = verb if tags[at] == "VM0" else None
            yield verb
            at = verb.head
        elif modal is not None and tags[at] in ("VVI", "VVB") and _listed(tokens, tags, at):
            # "will roll up the tent, load the lion and sweep the square"
            yield replace(modal, at=at, head=at, lemma=tokens[at].lemma)
        elif tokens[at].text in _HARD:
            modal = None
        at += 1


def _listed(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """Whether a comma or conjunction stands before a word."""
    back = at - 1
    while back > 0 and tags[back] == "AV0":
        back -= 1
    return back >= 0 and (tags[back] == "CJC" or tokens[back].text == ",")


def _nominal(tokens: Sequence[Token], tags: Sequence[str], at: int) -> bool:
    """Whether a form that may be a verb is none: the bare form after perception or ``to``."""
    if tags[at] == "VVB":
        return in_infinitive(tokens, tags, at)
    return False


def _verb_group(tokens: Sequence[Token], tags: Sequence[str], at: int) -> Verb:
    """The verb group that begins with a finite word."""
    token, tag = tokens[at], tags[at]
    tense: Tense = "past" if tag in _PAST else "present"
    head, negated = at, False
    following = at + 1
    while following < len(tags) and (
        tags[following] in _BETWEEN or (tag[:2] != "VV" and tags[following] == "PNP" and at == 0)
    ):
        negated |= tags[following] == "XX0"
        following += 1
    after = tags[following] if following < len(tags) else ""
    aspect: Literal["simple", "progressive", "perfect", "passive"] = "simple"
    if tag.startswith("VB"):
        if after in ("VVG", "VHG", "VDG", "VBG"):
            aspect, head = "progressive", following
            if tokens[following].lemma == "go" and tags[following + 1 : following + 3] in (
                ["TO0", "VVI"],
                ["TO0", "VBI"],
                ["TO0", "VHI"],
            ):
                tense = "future" if tense == "present" else tense
                head = following + 2
        elif after in ("VVN", "VVD", "VDN", "VHN"):
            aspect, head = "passive", following
    elif tag.startswith("VH") and after in ("VVN", "VVD", "VBN", "VHN", "VDN"):
        aspect, head = "perfect", following
    elif tag == "VM0":
        tense = "future" if token.text.casefold() in _FUTURE else "modal"
        head = following if after in ("VVI", "VBI", "VHI", "VDI", "VVB") else at
    elif tag.startswith("VD") and after in ("VVI", "VHI", "VBI"):
        head = following
    return Verb(at, head, tokens[head].lemma, tense, aspect, True, negated=negated)


# ----------------------------------------------------------------- clauses and subjects


def _placed(
    tokens: Sequence[Token], tags: Sequence[str], groups: Sequence[Group], verbs: list[Verb]
) -> tuple[Verb, ...]:
    """Tell main from subordinate verbs, find subjects, drop what turns out to be no verb."""
    scan = _Scan(tokens, tags, groups)
    by_place = {verb.at: verb for verb in verbs}
    for at in range(len(tokens)):
        if at in by_place:
            scan.take(by_place[at])
        else:
            scan.pass_by(at)
    return tuple(scan.placed)


@dataclass(slots=True)
class _Scan:
    """Where the reading of a sentence stands.

    ``pending`` are openers that wait for their verb, ``segment`` is where the clause began;
    ``told`` says that it has its main verb, ``below`` that the last verb was subordinate.
    """

    tokens: Sequence[Token]
    tags: Sequence[str]
    groups: Sequence[Group]
    placed: list[Verb] = field(default_factory=list)
    pending: list[int] = field(default_factory=list)
    segment: int = 0
    told: bool = False
    below: bool = False

    def pass_by(self, at: int) -> None:
        """A word that is no finite verb: it may open, join or end clauses."""
        token, tag = self.tokens[at], self.tags[at]
        if tag in _OPENERS and self._opens(at):
            self.pending.append(at)
        elif token.text in _HARD or (tag == "PUN" and token.text == "-"):
            self.segment, self.told, self.below = at + 1, False, False
            self.pending.clear()
        elif token.text == ",":
            self.segment, self.told, self.below = at + 1, False, False
        elif tag == "CJC":
            self.segment = at + 1
            self.told = self.told and self.below

    def take(self, verb: Verb) -> None:
        """A finite verb: its subject, its clause; dropped if it is none after all."""
        subject, shared = self._subject(verb)
        verb = replace(verb, subject=subject, shared=shared)
        if not self._is_finite(verb):
            return
        kept = self._in_clause(self._tensed(verb))
        if kept is not None:
            self.placed.append(kept)
            self.below = not kept.main
            self.told = self.told or kept.main

    def _opens(self, at: int) -> bool:
        """Whether a conjunction or relative word opens a clause with a verb of its own."""
        if self.tags[at] != "CJS" and self.tokens[at].lemma not in ("as", "than", "such"):
            return True
        following = self.tags[at + 1] if at + 1 < len(self.tags) else ""
        if self.tokens[at].lemma == "as" and following in ("AV0", "AJ0", "CRD"):
            return False  # "as well", "as wide as"
        for ahead in range(at + 1, len(self.tags)):
            if self.tokens[ahead].text in (",", ";", ":"):
                return False
            if self.tags[ahead] in _OPENERS - {"CJS"}:
                return False
            if self.tags[ahead] in FINITE:
                return True
        return False

    def _tensed(self, verb: Verb) -> Verb:
        """With the tense of forms that are the same in past and present, and how sure it is."""
        if self.tags[verb.at] != "VVD":
            return verb
        if self.tokens[verb.at].lemma in words("past", "invariant"):
            if not self._third_person(verb):
                return replace(verb, tense="present")
            if not verb.shared and self.tokens[verb.at - 1].tag in _SINGULAR:
                return verb  # "the tortoise set off": the present would have its -s
        return replace(verb, sure=self._sure_past(verb))

    def _in_clause(self, verb: Verb) -> Verb | None:
        before = self.placed[-1] if self.placed else None
        goes_on = verb.shared and before is not None and self.tags[verb.at] == "VVD"
        if goes_on and before is not None and before.aspect in ("perfect", "passive"):
            return None  # "has drawn himself up and combed his beard"
        if self.pending:
            return replace(verb, main=False, opener=self.pending.pop())
        if self.below and verb.shared and not self._regained():
            return replace(verb, main=False, opener=self.placed[-1].opener)
        if self.told and not self.below:
            return replace(verb, main=False)  # "the cap he wore", "she says it is late"
        return replace(verb, main=not self._contact(verb))

    def _third_person(self, verb: Verb) -> bool:
        subject = self.tokens[verb.subject]
        return subject.tag in ("NN1", "NP0", "PNI") or subject.lemma in ("he", "she", "it")

    def _regained(self) -> bool:
        """Whether ``and`` goes on with the main clause behind a relative one.

        "opens the box that lies on the shelf and takes a ring": a box takes nothing.
        """
        inner = self.placed[-1]
        if inner.subject < 0 or not any(each.main for each in self.placed):
            return False
        relative = inner.opener > 0 and self.tokens[inner.opener].tag in ("CJT", "DTQ", "PNQ")
        if relative:
            living = is_living(self.tokens[inner.opener - 1])
            return living is not True and self.tokens[inner.opener].tag != "PNQ"
        return is_living(self.tokens[inner.subject]) is False

    def _contact(self, verb: Verb) -> bool:
        """A relative clause without a relative word: "the man it belonged to grips the chair"."""
        subject = verb.subject
        if subject <= self.segment or self.tags[subject] != "PNP":
            return False
        if self.tags[subject - 1] not in _NOUNS or self.tags[self.segment] in _ADVERBIAL:
            return False
        for ahead in range(verb.head + 1, len(self.tags)):
            if self.tokens[ahead].text in ",;:" or self.tags[ahead] == "CJC":
                return False
            if self.tags[ahead] in FINITE:
                return True
        return False

    def _subject(self, verb: Verb) -> tuple[int, bool]:
        """(head of the subject or -1, whether it is shared with the verb before)."""
        start = self.segment
        openers = [at for at in range(start, verb.at) if self.tags[at] in _OPENERS]
        if openers:
            start = openers[-1] + 1
            if start == verb.at and self.tags[openers[-1]] in ("PNQ", "DTQ", "CJT"):
                return self._antecedent(openers[-1]), False
        earlier = self.placed[-1].head if self.placed else -1
        before = [g for g in self.groups if earlier < g.start and g.end <= verb.at]
        own = [group for group in before if group.start >= start]
        free = [group for group in own if not group.governed]
        if free:
            return free[-1].head, False
        main = [each for each in self.placed if each.main] or self.placed
        joined = start > 0 and (self.tags[start - 1] == "CJC" or self.tokens[start - 1].text == ",")
        if main and joined and (verb.at == start or self.tags[start] not in ("PRP", "AVP")):
            return main[-1].subject, True
        whole = [group for group in before if not group.governed]
        if whole and not own:
            return whole[0].head, False  # "The girl, cheeks bulging, watches"
        behind = next((g for g in self.groups if g.start > verb.head and not g.governed), None)
        if behind is not None and behind.start - verb.head <= _NEAR:
            return behind.head, False  # "In the fork sits a bank manager"
        return (whole[0].head if whole else -1), False

    def _antecedent(self, opener: int) -> int:
        before = [group for group in self.groups if group.end <= opener]
        return before[-1].head if before else -1

    def _is_finite(self, verb: Verb) -> bool:
        """Whether a form is really finite: a base form needs a plural, an -ed form a subject."""
        tag = self.tags[verb.at]
        if verb.subject < 0:
            return tag != "VVD" and (tag != "VVB" or verb.at == 0 or verb.tense == "future")
        if tag != "VVB" or verb.tense == "future":
            return True
        subject, of = self.tokens[verb.subject], self.tags[verb.subject]
        if verb.subject > verb.at:
            return verb.at == 0 or of in ("NN2", "CRD")
        if of in ("NN1", "NP0") and subject.lemma not in words("grammar", "collective"):
            return "CJC" in self.tags[max(0, verb.subject - 6) : verb.subject]
        return subject.lemma not in ("he", "she", "it")

    def _sure_past(self, verb: Verb) -> bool:
        """Whether a past form can't be a participle, by its form or by what stands around it."""
        token = self.tokens[verb.at]
        form = token.text.casefold()
        if form in words("past", "only") or self.tags[verb.at - 1] == "EX0":
            return True
        if not 0 <= verb.subject < verb.at:
            return False
        subject = self.tokens[verb.subject]
        named = subject.lemma in words("grammar", "nominative") or subject.tag in ("PNI", "NP0")
        if named and not verb.shared:
            return True
        if token.lemma in words("past", "intransitive"):
            return True
        if has_object(self.tokens, self.tags, verb.head):
            return True
        # "The soup boiled over" is a sentence, "the curtains drawn" none.
        first = next((tag for tag, t in zip(self.tags, self.tokens, strict=True) if t.is_word), "")
        near = verb.subject == verb.at - 1 or self.tags[verb.at - 1] == "AV0"
        return first == "AT0" and near and form not in words("past", "fragments")
