"""Tags put right: verbs that the tagger took for plural nouns, and plurals that it took for verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from storypainter.director.gazetteer import Gazetteer, Group, Kind, gazetteer, word_list
from storypainter.director.language import Token

NOUN_KINDS: tuple[Kind, ...] = ("role", "garment", "prop", "sign", "animal", "setting")
FINITE = frozenset({"VVB", "VBB", "VHB", "VVD", "VBD", "VM0"})
_VERBAL: tuple[Kind, ...] = ("pose", "relation", "expression")
_TOWARDS = frozenset({"at", "out", "away", "off", "towards"})
#: Prepositions behind a verb of motion rather than behind a plural: "water drips from".
_MOTIONS = frozenset({"from", "down", "over", "across", "through", "onto", "into", "off", "up"})
_MORE = frozenset(
    {"more", "most", "only", "even", "just", "also", "too", "still", "other", "as", "than"}
)
_SINGLE = frozenset({"a", "an", "each", "every", "another"})
_COUNTS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "both"})
_MEASURES = frozenset({"step", "pace", "metre", "yard", "mile", "foot", "inch", "storey", "row"})
_NEWLY_BORN = frozenset({"newborn", "infant"})


@cache
def compounds() -> dict[str, frozenset[str]]:
    """The word lists of ``gazetteer/compounds.toml``."""
    return {name: frozenset(words) for name, words in word_list("compounds").items()}


def groups_of(word: str) -> dict[Kind, Group]:
    """What a word or phrase may name, by kind."""
    names = gazetteer()
    return {k: g for k in NOUN_KINDS if (g := names.group(word, k)) is not None}


@cache
def is_verbal(lemma: str) -> bool:
    """Whether a word is a verb that the gazetteer knows."""
    known = any(gazetteer().group(lemma, kind) for kind in _VERBAL)
    return known or lemma in word_list("grammar")["unreal_verbs"]


class Mender:
    """Puts the tags of one sentence's tokens right; ``surely_verbs`` are offsets of clear verbs."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = list(tokens)
        self.names: Gazetteer = gazetteer()
        self.surely_verbs: set[int] = set()

    def run(self) -> list[Token]:
        """The tokens with their tags as they should be, from the first to the last."""
        self.tokens = [self._mended(at) for at in range(len(self.tokens))]
        return self.tokens

    def _mended(self, at: int) -> Token:
        """A verb in the -s form that the tagger took for a plural noun: "and points at"."""
        token = self.tokens[at]
        if token.lower in _NEWLY_BORN and token.tag == "AJ0":
            return self._newborn(at)
        if token.tag == "VVZ" and 0 < at < len(self.tokens) - 1:
            return self._mended_back(at)
        if token.tag != "NN2" or at == 0:
            return token
        before = self.tokens[at - 1]
        behind = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if self._behind_one(at, behind):
            self.surely_verbs.add(token.start)
            return replace(token, tag="VVZ")
        verbal = {token.lemma, token.lower.removesuffix("s")} & compounds()["verbal"]
        if verbal and self._is_verb(at, before, behind):
            self.surely_verbs.add(token.start)
            return replace(token, tag="VVZ")
        counted = before.tag == "CRD" and token.lemma in _MEASURES
        if counted or self.names.unseen(token.lemma) == "body":
            pass
        elif self._acts_out(at, before, behind):
            return replace(token, tag="VVZ")
        if before.tag[:2] in ("AT", "AJ", "DP", "CR", "DT", "PO", "OR"):
            return token
        taking = behind is not None and behind.tag in ("AT0", "DPS")
        known = groups_of(token.lemma) or self.names.unseen(token.lemma)
        actor = groups_of(before.lemma).keys() & {"role", "animal"} or before.tag == "PNP"
        relative = before.lower in ("who", "which") or before.tag == "CJT"
        joined = before.lower in ("and", ",") or relative or bool(actor)
        opens = behind is None or behind.tag[:2] in ("AV", "PR", "PU", "CJ")
        thing = known and not self.names.unseen(token.lemma)
        if relative and not thing:
            return replace(token, tag="VVZ")
        body = self.names.unseen(token.lemma) == "body"
        if taking and (before.is_noun or joined) and not (before.text == "," and body):
            return replace(token, tag="VVZ")
        leads = behind is not None and behind.tag == "PRP"
        if is_verbal(token.lemma) and joined and opens and (bool(actor) or leads or not thing):
            return replace(token, tag="VVZ")
        if (
            before.tag == "NN1"
            and not groups_of(f"{before.lower} {token.lemma}")
            and (behind is not None and behind.lower in _MOTIONS)
        ):
            return replace(token, tag="VVZ")
        return token

    def _newborn(self, at: int) -> Token:
        """A noun for somebody that the tagger took for an adjective: "a newborn in a cap"."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        leads = following is not None and (following.is_noun or following.tag[:2] in ("AJ", "NP"))
        return self.tokens[at] if leads else replace(self.tokens[at], tag="NN1")

    def _behind_one(self, at: int, behind: Token | None) -> bool:
        """Whether a plural ends a phrase that begins with "a" and has a noun: "a kettle steams"."""
        ends = self.tokens[at].lower.endswith("s") and not self.tokens[at].lower.endswith("ss")
        if not ends or self.tokens[at - 1].tag != "NN1":
            return False
        if behind is not None and (behind.is_noun or behind.tag == "POS"):
            return False
        first = at - 1
        while first and (self.tokens[first].tag in ("NN1", "AJ0", "VVN", "VVG")):
            first -= 1
        return self.tokens[first].lower in _SINGLE

    def _mended_back(self, at: int) -> Token:
        """A plural that the tagger took for a verb: "plane leaves lie on the path"."""
        token, before = self.tokens[at], self.tokens[at - 1]
        acts = self.tokens[at + 1].tag in FINITE
        noun = before.is_noun and not groups_of(before.lemma).keys() & {"role", "animal"}
        return replace(token, tag="NN2") if acts and noun else token

    def _is_verb(self, at: int, before: Token, behind: Token | None) -> bool:
        """Whether a plural that is as often a verb has nothing before it that makes it a noun."""
        follows = behind.tag if behind is not None else "PUN"
        if before.tag == "CRD" or before.lower in _COUNTS:
            return follows in ("AT0", "DPS") and before.lower != "the"  # "between the two rolls a"
        coloured = before.tag == "AJ0" and at > 1 and self.tokens[at - 2].lower == "in"
        predicate = before.tag == "AJ0" and at > 1 and self.tokens[at - 2].tag[:2] == "VB"
        if coloured or predicate:
            return follows[:2] in ("PR", "AV", "AJ")  # "a player in yellow slides on his knees"
        if before.text == "," and at > 1 and self.tokens[at - 2].tag == "NN1":
            aside = any(token.text == "," for token in self.tokens[: at - 2])
            return aside and follows[:2] in ("PR", "AV")  # "a boy, chin up, drums on the table"
        if before.tag[:2] not in ("NN", "NP", "PN", "AV", "VV", "CJ") or before.tag == "CJC":
            return False
        if before.tag in ("VVG", "VVZ", "VVB", "VVI", "VVD") or before.lower in _MORE:
            return False
        if self._compound(before, at):
            return False
        actor = bool(groups_of(before.lemma).keys() & {"role", "animal"})
        return follows[:2] in ("PR", "AV", "AT", "DP", "PN", "AJ") or (actor and follows == "PUN")

    def _compound(self, before: Token, at: int) -> bool:
        token, lists = self.tokens[at], compounds()
        whole = bool(groups_of(f"{before.lower} {token.lemma}"))
        return whole or (token.lemma in lists["sturdy"] and before.lemma in lists["harmless"])

    def _acts_out(self, at: int, before: Token, behind: Token | None) -> bool:
        """Whether a bare plural is a verb by its neighbours: ", and beams", "cranes out"."""
        token = self.tokens[at]
        if before.lower == "that" and behind is not None and behind.tag == "AT0":
            return True
        linked = before.lower in ("and", ",") or before.tag in ("CRD", "NN1", "NP0", "PNP")
        if linked and behind is not None and behind.lower in _TOWARDS:
            return not groups_of(f"{before.lower} {token.lemma}")
        listed = before.lower == "and" and at > 1 and self.tokens[at - 2].text == ","
        return listed and is_verbal(token.lemma)
