"""How the props of a laid-out Scene look: in a hand, on a table or on the ground, tied or loose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from storypainter.ink.catalogue import PROPS
from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.standing import Standing
from storypainter.ink.composition.wishes import turned_to
from storypainter.ink.drawing.geometry import Point
from storypainter.ink.props.prop import Ground, Look, PropKind, Where, look_of
from storypainter.scene import Person, Prop


class Looks:
    """The looks of all props; ``held`` is who holds what, ``standing`` what has its own place."""

    def __init__(
        self,
        plan: Plan,
        held: Mapping[str, tuple[str, str]],
        standing: Mapping[str, Standing],
        ground: Ground,
    ) -> None:
        self.plan = plan
        self.held = held
        self.standing = standing
        self.ground = ground
        self.props = {prop.id: prop for prop in plan.scene.props}
        self.people = {person.id: person for person in plan.scene.people}

    def look(self, prop: Prop) -> Look:
        """How a prop looks."""
        kind = PROPS[prop.kind]
        look = look_of(
            kind, prop.state, prop.colour, prop.text.strip(), 0, self.ground, self._where(prop)
        )
        return replace(look, tied=True) if self._is_tied(prop, kind) else look

    def flies(self, prop_id: str) -> bool:
        """Whether a thing of its own place is in the air, as a kite is."""
        return self.plan.units[self.plan.where[prop_id][0]].lift > 0

    def line_end(self, person: Person) -> Point | None:
        """Where the line of a person's rod ends: at the fish they turn to, in pixels."""
        prop = self.props.get(turned_to(person)[0] or "")
        if prop is None or prop.id not in self.standing or "fish" not in prop.kind:
            return None
        kind = PROPS[prop.kind]
        if kind.tie is None:
            return None
        return self.standing[prop.id].at(kind.tie[0] * kind.scale, kind.tie[1] * kind.scale)

    def _where(self, prop: Prop) -> Where:
        """Whether a thing is in a hand, lies on the ground or on top of something; else nothing."""
        if prop.id not in self.standing:
            return "held" if prop.id in self.held else ""
        if prop.id in self.plan.riders:
            anchor = self.plan.anchors.get(prop.place.anchor or "", "")
            carrier = self.props.get(prop.place.on or anchor)
            return "top" if carrier is not None and PROPS[carrier.kind].surface else ""
        return "" if self.flies(prop.id) else "ground"

    def _is_tied(self, prop: Prop, kind: PropKind) -> bool:
        """Whether a cord runs from a thing to a hand, or from the rod in a hand to a fish."""
        holder = self.people.get(self.held.get(prop.id, ("", ""))[0])
        if kind.tie is None or holder is None:
            return False
        if prop.id in self.standing:
            return not self.flies(prop.id)
        return prop.kind == "fishing rod" and self.line_end(holder) is not None
