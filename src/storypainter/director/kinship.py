"""What one noun tells of another's: who is a peer, who is the same, what a body looks like."""

from __future__ import annotations

from storypainter.director.drafts import Draft
from storypainter.director.phrases import Item

_GROWN = frozenset(
    {"woman", "man", "lady", "mother", "father", "grandmother", "grandfather", "wife", "husband"}
    | {"elderly man", "elderly woman", "aunt", "uncle", "parent", "teacher", "widow", "neighbour"}
)
_GROWN_UPS_HAVE = frozenset({"son", "daughter", "husband", "wife", "baby", "grandchild"})
_PEERS = frozenset({"friend", "brother", "sister", "cousin", "classmate", "twins", "rival"})
_SPOUSES = frozenset({"husband", "wife"})
_YOUNG = frozenset({"child", "toddler", "teen"})
_CHILDREN = frozenset({"son", "daughter"})


def be_peers(found: list[Draft], owners: list[Draft]) -> None:
    """A child's friends, brothers and sisters are children; who has a son is none."""
    for draft in found:
        for owner in owners:
            if draft.said in _CHILDREN and owner.age == "elder" and draft.age == "child":
                draft.age = "adult"  # the old have grown-up children
            if draft.said in _GROWN_UPS_HAVE and owner.name and owner.age == "child":
                owner.age = "adult"
                owner.word = {"girl": "woman", "boy": "man"}.get(owner.word, owner.word)
            if draft.said in _SPOUSES and owner.age == "elder" and draft.age == "adult":
                draft.age = "elder"
            if draft.said in _PEERS and owner.age in ("child", "teen") and draft.age == "adult":
                draft.age = owner.age


def describe_part(
    person: Draft, item: Item, surface: str, tables: dict[str, dict[str, str]]
) -> None:
    """Give a person the hair and beard that a noun for a part of the body tells of."""
    person.hair_style = tables["hair"].get(surface, person.hair_style)
    person.beard = tables["beards"].get(surface, person.beard)
    if item.word == "hair":
        for adjective in item.adjectives:
            colour = tables["hair_colours"].get(adjective)
            person.hair_colour = colour or person.hair_colour
            person.hair_style = {"long": "long", "short": "short", "curly": "curly"}.get(
                adjective, person.hair_style
            )


def _unlike(old: Draft, new: Draft) -> bool:
    """Whether one of two people can't be the other, as a woman can't be a boy."""
    if not old.is_person:
        return False
    grown = old.age in ("adult", "elder") and old.said in _GROWN
    genders = {old.gender, new.gender} == {"female", "male"}
    return genders or (grown and new.age in _YOUNG)


def _identify_groups(subjects: list[Draft], found: list[Draft]) -> None:
    """Make one of two groups of as many: "they are two people"."""
    fresh = all(len(new.spans) == 1 and not new.relations for new in found)
    if fresh and not any(each in subjects for each in found):
        for old, new in zip(subjects, found, strict=True):
            identify([old], [new])


def identify(subjects: list[Draft], found: list[Draft]) -> None:
    """Make one of two drafts: in "the woman is his mother" the second names the first."""
    if len(subjects) == len(found) > 1 and all(d.is_person for d in (*subjects, *found)):
        _identify_groups(subjects, found)
    if len(subjects) != 1 or len(found) != 1 or subjects[0].kind != found[0].kind:
        return
    old, new = subjects[0], found[0]
    if old is not new and len(new.spans) == 1 and not new.relations and _unlike(old, new):
        new.spans = []  # "the woman was just a girl when …"
        return
    if old is new or not old.acts or new.relations or len(new.spans) != 1:
        return
    old.spans += new.spans
    if old.is_person:
        general = new.said in ("boy", "girl", "man", "woman", "child", "lady")
        old.word, old.said = (old.word, old.said) if general else (new.word, new.said)
        old.gender = old.gender if old.gender != "unspecified" else new.gender
        old.age = new.age if new.age != "adult" else old.age
    old.colour = old.colour or new.colour
    new.spans = []
