"""Words of a text, without their endings, for finding the same word in two texts. English.

Coarse on purpose and this module's own: the grounding that evaluates narratives reads them by
other means, and a reward must not be the judge of what it brought about.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_STOP = """
a an the this that these those some any each every no not and or but so if then than as at
by for from in into of off on onto out over to under up down with without through near
behind before after between across along around towards toward against inside outside
beside is are was were be been being am do does did done has have had having will would
can could may might must shall should he she it they them him her his hers its their
theirs i you we us our your my me who whom whose which what when where why how all both
other others another same own one two three there here again still just very too also now
soon once only more most much many while because until back away together something
somebody someone nothing everything
"""
#: Words that name nothing.
STOP = frozenset(_STOP.split())
_IRREGULAR = {
    form: base
    for base, forms in {
        "beat": "beaten", "become": "became", "begin": "began begun", "bend": "bent",
        "bite": "bit bitten", "blow": "blew blown", "break": "broke broken", "bring": "brought",
        "build": "built", "buy": "bought", "catch": "caught", "choose": "chose chosen",
        "come": "came", "cry": "cried", "dig": "dug", "draw": "drew drawn", "drink": "drank drunk",
        "drive": "drove driven", "eat": "ate eaten", "fall": "fell fallen", "feed": "fed",
        "feel": "felt", "fight": "fought", "find": "found", "flee": "fled", "fly": "flew flown",
        "forget": "forgot forgotten", "get": "got gotten", "give": "gave given",
        "go": "went gone goes", "grow": "grew grown", "hang": "hung", "hear": "heard",
        "hide": "hid hidden", "hold": "held", "keep": "kept", "kneel": "knelt", "know": "knew known",
        "lead": "led", "leave": "left", "lend": "lent", "lie": "lay lain lying", "lose": "lost",
        "make": "made", "meet": "met", "pay": "paid", "ride": "rode ridden", "ring": "rang rung",
        "rise": "rose risen", "run": "ran", "say": "said", "see": "saw seen", "sell": "sold",
        "send": "sent", "shake": "shook shaken", "shine": "shone", "shoot": "shot",
        "show": "shown", "sing": "sang sung", "sit": "sat", "sleep": "slept", "slide": "slid",
        "speak": "spoke spoken", "spend": "spent", "spring": "sprang sprung", "stand": "stood",
        "steal": "stole stolen", "stick": "stuck", "sweep": "swept", "swim": "swam swum",
        "swing": "swung", "take": "took taken", "teach": "taught", "tear": "tore torn",
        "tell": "told", "think": "thought", "throw": "threw thrown", "understand": "understood",
        "wake": "woke woken", "wear": "wore worn", "weep": "wept", "win": "won",
        "write": "wrote written", "man": "men", "woman": "women", "child": "children",
        "person": "people", "foot": "feet", "mouse": "mice", "goose": "geese", "wolf": "wolves",
        "leaf": "leaves", "thief": "thieves", "knife": "knives",
    }.items()
    for form in forms.split()
}  # fmt: skip


def stem(word: str) -> str:
    """A lower-case word without its ending; an irregular form becomes its base's."""
    word = _IRREGULAR.get(word, word)
    if word.endswith(("ies", "ied")) and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("ing") and len(word) > 5:
        word = _undoubled(word[:-3])
    elif word.endswith("ed") and len(word) > 4:
        word = _undoubled(word[:-2])
    elif word.endswith("es") and word[:-2].endswith(("s", "x", "z", "ch", "sh", "o")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def stems(text: str) -> list[str]:
    """The stems of the words that name something, in order."""
    return [stem(word) for word in _WORD.findall(text.casefold()) if word not in STOP]


def _undoubled(word: str) -> str:
    twice = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if twice else word
