"""General truths and verdicts, as a text that sums up ends with: they tell and show nothing.

``Some debts are settled better in fruit than in figures``: no phrase gives such a sentence away,
but it points at nothing in the scene and has several signs of speaking in general.
"""

from __future__ import annotations

from storypainter.evaluators.moment_rules.clauses import Group, Reading, Verb
from storypainter.evaluators.moment_rules.lexicon import is_abstract, is_living, words
from storypainter.evaluators.moment_rules.tags import HIDDEN
from storypainter.evaluators.tagging import Token

_NOUNS = frozenset({"NN0", "NN1", "NN2"})
_SOMEBODY = frozenset(["he", "she", "him", "her", "they", "them", "i", "me"])
_LOOKS = frozenset(["look", "stare", "gaze", "watch", "peer", "glance", "listen"])
#: Signs of speaking in general that make a sentence a maxim: at the end of a text, elsewhere.
_ENOUGH_AT_THE_END = 2
_ENOUGH = 3
_WEAK = 2  # what a pronoun or a name, which may tie it to the scene, counts against it


def is_maxim(reading: Reading, *, last: bool) -> bool:
    """Whether a sentence is a general truth or a verdict; ``last`` if the text ends with it."""
    main = [verb for verb in reading.verbs if verb.main] or list(reading.verbs)
    if not main or main[0].tense == "past" or main[0].aspect == "progressive":
        return False
    if _whoever(reading) or _best_is(reading, main[0]):
        return True
    subject = reading.subject(main[0])
    about = subject.lemma if subject is not None else ""
    if main[0].tense == "modal" and about in words("picture", "nouns"):
        return False  # "the story must be a new one"
    if _shows(reading):
        return False
    signs = _signs(reading, main[0]) - (_WEAK if _names(reading) else 0)
    return signs >= (_ENOUGH_AT_THE_END if last else _ENOUGH)


def is_abstract_throughout(reading: Reading) -> bool:
    """Whether at least three abstractions are named, as many as all other nouns together."""
    nouns = _nouns(reading)
    if any(token.lemma in _felt() for token in nouns) or _shows(reading) or _names(reading):
        return False
    abstract = {token.lemma for token in nouns if is_abstract(token)}
    return len(abstract) >= 3 and 2 * len(abstract) >= len(nouns)


def superlative(reading: Reading, at: int) -> bool:
    """Whether a word is one: ``wisest``, ``best``."""
    token = reading.tokens[at]
    adjective = token.tag == "AJS" and token.lemma != "most"
    return adjective or token.lemma in words("generic", "superlative")


# ------------------------------------------------------------------------ plain cases


def _whoever(reading: Reading) -> bool:
    """``Whoever plants a tree …``, ``those who wait …``, ``he who laughs …``."""
    lemmas = [token.lemma for token in reading.tokens if token.is_word][:2]
    if lemmas[:1] in (["whoever"], ["whatever"]):
        return True
    leads = lemmas[:1] in (["he"], ["those"], ["everyone"], ["anyone"], ["everybody"], ["all"])
    return leads and lemmas[1:2] == ["who"] and not _shows(reading)


def _best_is(reading: Reading, verb: Verb) -> bool:
    """``The wisest leader is the one who …``, ``the greatest adventures begin …``."""
    group = reading.group_of(verb.subject)
    if group is None or verb.subject > verb.at:
        return False
    if not any(superlative(reading, at) for at in range(group.start, group.end)):
        return False
    if is_abstract(reading.tokens[verb.subject]) and verb.lemma in words("generic", "verbs"):
        return True
    behind = {token.lemma for token in reading.tokens[verb.at + 1 : verb.at + 6]}
    said = {"who", "what", "those", "that", "not", "always", "never", "to"}
    return verb.lemma == "be" and bool(said & behind)


# -------------------------------------------------------------------- what ties it down


def _shows(reading: Reading) -> bool:
    """Whether a sentence points at something of its scene: the gate, two men, somebody sitting."""
    for at, tag in enumerate(reading.tags):
        if tag in ("DPS", "AT0", "DT0") and _points(reading, at):
            return True
        if tag in (HIDDEN, "CRD") and not _counts_time(reading, at):
            return True
        if tag == "PNP" and reading.tokens[at].lemma == "i":
            return True
        if tag == "EX0" and not _there_is_nothing(reading, at):
            return True
    concrete = any(
        not is_abstract(token) and token.lemma not in words("generic", "nouns")
        for token in _nouns(reading)
    )
    return concrete and any(_posed(verb) for verb in reading.verbs if verb.main)


def _names(reading: Reading) -> bool:
    """Whether it speaks of somebody by a pronoun or name."""
    for at, tag in enumerate(reading.tags):
        if tag == "PNP" and reading.tokens[at].lemma in _SOMEBODY:
            return True
        if tag == "NP0" and at and reading.tags[at + 1 : at + 2] != ("POS",):
            return True
    return False


def _posed(verb: Verb) -> bool:
    poses = words("pose", "posture") | words("pose", "hold") | _LOOKS
    return verb.aspect == "progressive" or verb.lemma in poses


def _points(reading: Reading, at: int) -> bool:
    """Whether a determiner belongs to a thing that is there: no abstraction, nothing general."""
    lemma = reading.tokens[at].lemma
    owned = reading.tags[at] == "DPS" and lemma not in ("our", "your", "its")
    if not owned and lemma not in ("the", "that", "these", "those"):
        return False
    group = _group_around(reading, at)
    if group is None:
        return False
    head = reading.tokens[group.head]
    return not (
        is_abstract(head)
        or head.lemma in words("generic", "nouns")
        or reading.tags[group.head] not in _NOUNS
        or any(superlative(reading, each) for each in range(group.start, group.end))
    )


def _group_around(reading: Reading, at: int) -> Group | None:
    return next((g for g in reading.groups if g.start <= at < g.end), None)


def _counts_time(reading: Reading, at: int) -> bool:
    """Whether a number counts nothing that is seen: ``one``, or ``three winter months``."""
    if reading.tags[at] == HIDDEN:
        return False
    behind = {token.lemma for token in reading.tokens[at + 1 : at + 4]}
    return reading.tokens[at].lemma == "one" or bool(words("generic", "nouns") & behind)


def _there_is_nothing(reading: Reading, at: int) -> bool:
    """``there is hope``, ``there is no …``."""
    group = next((g for g in reading.groups if g.start > at + 1), None)
    named = group is not None and is_abstract(reading.tokens[group.head])
    return named or any(token.lemma in ("no", "nothing") for token in reading.tokens[at : at + 4])


# ------------------------------------------------------------------ what makes it general


def _signs(reading: Reading, verb: Verb) -> int:
    """How many signs a sentence has of saying something in general."""
    tags = reading.tags
    lemmas = {token.lemma for token in reading.tokens}
    nouns = _nouns(reading)
    signs = 0
    if not any(token.lemma in _felt() for token in nouns):
        signs += min(len({token.lemma for token in nouns if is_abstract(token)}), 2)
    modal = any(each.tense in ("modal", "future") for each in reading.verbs)
    signs += bool(lemmas & words("generic", "pronouns"))
    signs += bool(lemmas & words("generic", "adverbs"))
    signs += modal and verb.lemma not in ("see", "hear", "read")
    signs += "AJC" in tags or any(superlative(reading, at) for at in range(len(tags)))
    signs += verb.lemma == "be" and "too" in lemmas
    signs += verb.lemma == "be" and tags[verb.at + 1 : verb.at + 2] in (
        ("DTQ",),
        ("TO0",),
        ("AVQ",),
    )
    return signs + _general_subject(reading, verb)


def _general_subject(reading: Reading, verb: Verb) -> int:
    """1 or 2 for a subject that names a kind, an idea or nobody in particular."""
    tokens = reading.tokens
    first = next((at for at, token in enumerate(tokens) if token.is_word), 0)
    lead = tokens[first].lemma
    if reading.tags[first] == "TO0" and verb.lemma == "be":
        return 2
    if lead == "if" and len(tokens) > first + 1 and tokens[first + 1].lemma == "only":
        return 2
    if lead == "what" or (lead == "it" and "TO0" in reading.tags):
        return 1
    group = reading.group_of(verb.subject)
    if group is None or not 0 <= verb.subject < verb.at:
        return 0
    start, subject = tokens[group.start], tokens[verb.subject]
    general = verb.lemma in words("generic", "verbs")
    if start.lemma in ("a", "an", "one", "any"):
        return _kind_of(reading, verb, subject)
    if start.lemma == "some":
        return 2 if subject.tag == "NN2" and not is_living(subject) else 0
    bare = start.tag not in ("AT0", "DPS", "DT0", "CRD", "ORD", "PNP")
    if not bare and start.lemma not in ("no", "every"):
        return 0
    if is_abstract(subject):
        return 2
    if subject.tag in _NOUNS:
        return 2 if general else int(verb.lemma == "be" and subject.tag != "NN1")
    return 0


def _kind_of(reading: Reading, verb: Verb, subject: Token) -> int:
    """``A smile can …``, ``a friend in need is a friend indeed``, ``a family is not chosen``."""
    if verb.lemma == "be" or verb.aspect == "passive":
        behind = next((g for g in reading.groups if g.start == verb.at + 1), None)
        same = behind is not None and reading.tokens[behind.head].lemma == subject.lemma
        return 2 if same else int(verb.negated)
    return int(verb.tense == "modal" or verb.lemma in words("generic", "verbs"))


def _nouns(reading: Reading) -> list[Token]:
    return [token for at, token in enumerate(reading.tokens) if reading.tags[at] in _NOUNS]


def _felt() -> frozenset[str]:
    """Heads under which a feeling that can be seen is named."""
    return words("abstract", "felt") | words("people", "body")
