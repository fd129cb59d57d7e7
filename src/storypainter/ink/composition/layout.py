"""Layout: finds a place for every unit, so that wishes hold and nothing important is covered.

Coordinate descent over candidates: each unit in turn tries many places at once (drawn at random,
near its present one, and where its wishes would have it) and takes the cheapest. Of many rough
starts the cheapest are gone on with; the cheapest whole wins. All random numbers come from the given seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from storypainter.ink.composition.plan import Plan
from storypainter.ink.composition.units import Wish
from storypainter.ink.drawing.stage import Stage

Array = np.ndarray[Any, np.dtype[np.float64]]

#: How many layouts go into each round, for how many sweeps, and how far they still jump: many
#: rough ones first, then only the cheapest (successive halving).
ROUNDS = ((8, 1, 1.0), (3, 2, 0.7), (2, 4, 0.5))
CANDIDATES = 44
SIGHT = 0.2  # of the height: who stands this much nearer or farther is in nobody's way
INTRUSION = 20.0
WIDE = 120.0  # cm: nobody else steps on a blanket as wide as this
NOWHERE = -1e6  # where units wait that have no place yet
SHOWN = 5.0  # boxes of at least this care never cross the sides of the picture
TOUCHED = 0.02  # a share of a face that is more than its hair
DEAR = 40.0  # boxes of at least this care are faces or lettering
#: What it costs when two things cross, whichever is in front, for each point of care; a sign's post
#: and its lettering cut up what is behind them more than anything else does.
CROSSING, CROSSING_SIGN = 0.12, 0.5
#: Posts, trunks and masts: at most so wide and at least so high, in cm. One that stands before or
#: right behind a head seems to grow out of it; one before a clue cuts it up.
SLENDER, UPRIGHT = 30.0, 60.0
GROWN, CUT_UP = 11.0, 5.0
CLUE = 24.0  # boxes of at least this care are clues
#: The share of what covering costs that counts between two who belong together (they hug, one
#: touches the other): of their bodies, and of their faces.
FRIENDS, FRIENDS_FACES = 0.12, 0.4
SPARED = 0.15  # a share of a thing that may be covered before it becomes hard to see
MARGIN = 0.014  # of the canvas: nothing important comes nearer to the edge


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a unit stands: ground point in pixels, and 1 (faces right) or -1."""

    x: float
    y: float
    facing: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The chosen place of every unit, in the order of the plan's units, and what it cost.

    ``flipped`` says that the setting is mirrored.
    """

    spots: tuple[Spot, ...]
    cost: float
    flipped: bool = False


def solve(
    plan: Plan,
    stage: Stage,
    seed: int,
    strain: Mapping[tuple[int, int], float] | None = None,
    *,
    flipped: bool | None = None,
) -> Layout:
    """The best layout found; same arguments, same layout.

    ``strain`` gives, for pairs of units of which the first hid something of the second in an
    earlier layout, how many times as much covering costs between them. ``flipped`` says which way
    round the setting has to be; both are tried without.
    """
    rng = np.random.default_rng(seed)
    solver = _Solver(plan, stage, rng, strain or {}, flipped)
    (starts, sweeps, heat), *later = ROUNDS
    found = [solver.begin(sweeps, heat) for _ in range(starts)]
    for count, sweeps, heat in later:
        best = sorted(found, key=lambda layout: layout.cost)[:count]
        found = [solver.refine(layout, sweeps, heat) for layout in best]
    return min(found, key=lambda layout: layout.cost)


def _harm(share: Array, care: Array) -> Array:
    """What covering a share of a box costs: of faces and lettering every bit counts, of others the
    first part less than the rest.
    """
    touched = np.sqrt(share) + 0.3 * (share > TOUCHED)
    return np.where(care >= DEAR, touched, share + 3.0 * np.maximum(0.0, share - SPARED)) * care


class _Solver:
    """State of the descent: x, y, facing and pixel boxes of every unit."""

    def __init__(
        self,
        plan: Plan,
        stage: Stage,
        rng: np.random.Generator,
        strain: Mapping[tuple[int, int], float],
        flipped: bool | None = None,
    ) -> None:
        self.held = flipped
        self.units = plan.units
        self.wishes = plan.wishes
        self.friends = plan.friends
        self.stage = stage
        self.rng = rng
        self.by_id = {unit.id: index for index, unit in enumerate(self.units)}
        self.sides = [np.array([(b.left, b.right) for b in unit.boxes]) for unit in self.units]
        self.rises = [np.array([(b.top, b.bottom) for b in unit.boxes]) for unit in self.units]
        self.care = [np.array([b.care for b in unit.boxes]) for unit in self.units]
        self.hides = [np.array([b.hides for b in unit.boxes]) for unit in self.units]
        count = len(self.units)
        self.x, self.y = np.zeros(count), np.zeros(count)
        self.f = np.ones(count)
        self.owner = np.repeat(np.arange(count), [len(unit.boxes) for unit in self.units])
        self.all_boxes = np.zeros((len(self.owner), 4))
        self.all_care = np.concatenate([np.zeros(0), *self.care])
        self.all_hides = np.concatenate([np.zeros(0), *self.hides])
        self.slender = [
            (sides[:, 1] - sides[:, 0] <= SLENDER)
            & (rises[:, 1] - rises[:, 0] >= UPRIGHT)
            & (unit.kind in ("prop", "sign") and not unit.person)
            for unit, sides, rises in zip(self.units, self.sides, self.rises, strict=True)
        ]
        self.all_slender = np.concatenate([np.zeros(0, bool), *self.slender])
        friendly = [
            [
                (FRIENDS if (i, j) in self.friends else float(i != j))
                * max(strain.get((i, j), 1.0), strain.get((j, i), 1.0))
                for j in range(count)
            ]
            for i in range(count)
        ]
        self.eased = [np.array(row)[self.owner] for row in friendly]
        self._pairings()
        self.mine: list[list[Wish]] = [
            [wish for wish in self.wishes if i in (wish.subject, wish.target)] for i in range(count)
        ]
        self.levels = [self._level(i, frozenset()) for i in range(count)]
        self.order = sorted(
            (i for i in range(count) if self.units[i].fixed is None),
            key=lambda i: (not self.units[i].furniture, -len(self.mine[i])),
        )
        self.flip = False

    def _level(self, i: int, seen: frozenset[int]) -> int:
        """How long the chain of wishes is on which unit i depends; furniture comes first."""
        if self.units[i].fixed is not None:
            return -2
        if self.units[i].furniture:
            return -1
        targets = {wish.target for wish in self.mine[i] if wish.subject == i} - seen - {i}
        return max((1 + self._level(j, seen | {i}) for j in targets), default=0)

    def begin(self, sweeps: int, heat: float) -> Layout:
        """A rough layout from a random start: those whom others depend on are placed first."""
        self.flip = bool(self.rng.random() < 0.5)
        if self.held is not None:
            self.flip = self.held
        for i in range(len(self.units)):
            _x, y, f = self._scatter(i, 1)
            self._put(i, NOWHERE * (i + 1), y[0], f[0])
        ties = self.rng.random(len(self.units))
        self._fix()
        for i in sorted(self.order, key=lambda i: (self.levels[i], ties[i])):
            self._improve(i, 1.0)
        return self._descend(sweeps, heat)

    def _fix(self) -> None:
        """Puts what stands at the wall in its place, mirrored or not."""
        for i, unit in enumerate(self.units):
            if unit.fixed is None:
                continue
            x, y = unit.fixed
            place = (1 - x if self.flip else x) * self.stage.width
            self._put(i, place, y * self.stage.height, -1.0 if self.flip else 1.0)

    def refine(self, layout: Layout, sweeps: int, heat: float) -> Layout:
        """A rough layout made better."""
        self.flip = layout.flipped
        for i, spot in enumerate(layout.spots):
            self._put(i, spot.x, spot.y, float(spot.facing))
        return self._descend(sweeps, heat)

    def _descend(self, sweeps: int, heat: float) -> Layout:
        for sweep in range(sweeps):
            for i in self.order:
                self._improve(i, heat * (1.0 - sweep / sweeps))
            self._turn_all()
        total = sum(float(self._cost(i, *self._here(i))[0]) for i in range(len(self.units)))
        spots = tuple(
            Spot(float(x), float(y), 1 if f > 0 else -1)
            for x, y, f in zip(self.x, self.y, self.f, strict=True)
        )
        return Layout(spots, total, self.flip)

    def _turn_all(self) -> None:
        """What somebody looks at may have moved since they turned to it."""
        for i in self.order:
            x, y, f = self._here(i)
            turned = self._turn(i, x, f)
            if turned[0] != f[0]:
                self._put(i, float(self._inside(i, x, y, turned)[0]), float(y[0]), float(turned[0]))

    def _here(self, i: int) -> tuple[Array, Array, Array]:
        return (
            self.x[i : i + 1].copy(),
            self.y[i : i + 1].copy(),
            self.f[i : i + 1].copy(),
        )

    def _put(self, i: int, x: float, y: float, f: float) -> None:
        self.x[i], self.y[i], self.f[i] = x, y, f
        placed = self._rects(i, np.array([x]), np.array([y]), np.array([f]))[0]
        self.all_boxes[self.owner == i] = placed

    def _scatter(self, i: int, count: int) -> tuple[Array, Array, Array]:
        unit, stage = self.units[i], self.stage
        half = min(0.45, unit.width / 2 * stage.front_cm * 0.8 / stage.width)
        left, right = self._span(i)
        if left > 0.0 or right < 1.0:
            x = self.rng.uniform(left, right, count) * stage.width
        else:
            x = self.rng.uniform(half, 1 - half, count) * stage.width
        y = self.rng.uniform(unit.low, unit.high, count) * stage.height
        f = (
            np.full(count, float(unit.facing))
            if unit.facing
            else self.rng.choice([-1.0, 1.0], count)
        )
        return x, y, f

    def _span(self, i: int) -> tuple[float, float]:
        """The shares of the width between which the middle of a unit may be."""
        left, right = self.units[i].x_span
        return (1 - right, 1 - left) if self.flip else (left, right)

    def _improve(self, i: int, heat: float) -> None:
        unit, stage = self.units[i], self.stage
        xs, ys, fs = self._scatter(i, CANDIDATES // 2)
        near = CANDIDATES // 3
        x2 = self.x[i] + self.rng.normal(0, 0.03 + 0.08 * heat, near) * stage.width
        y2 = self.y[i] + self.rng.normal(0, 0.03, near) * stage.height
        f2 = np.where(self.rng.random(near) < 0.8, self.f[i], -self.f[i])
        wished = [self._wished(i, wish) for wish in self.mine[i] for _ in range(3)]
        x = np.concatenate([[self.x[i]], xs, x2, [w[0] for w in wished]])
        y = np.concatenate([[self.y[i]], ys, y2, [w[1] for w in wished]])
        f = np.concatenate([[self.f[i]], fs, f2, self.rng.choice([-1.0, 1.0], len(wished))])
        left, right = self._span(i)
        if left > 0.0 or right < 1.0:
            x = np.clip(x, left * stage.width, right * stage.width)
        y = np.clip(y, unit.low * stage.height, unit.high * stage.height)
        f = self._turn(i, x, f)
        x = self._inside(i, x, y, f)
        costs = self._cost(i, x, y, f)
        k = int(np.argmin(costs))
        self._put(i, float(x[k]), float(y[k]), float(f[k]))

    def _inside(self, i: int, x: Array, y: Array, f: Array) -> Array:
        """Candidates moved so that nothing the Scene shows is cut by the picture's sides."""
        shown = self.care[i] >= SHOWN
        if self.units[i].furniture or not shown.any():
            return x
        ends = self.sides[i][shown][None] * (f * self._scales(y))[:, None, None]
        left, right = ends.min((1, 2)), ends.max((1, 2))
        edge = MARGIN * min(self.stage.width, self.stage.height)
        low, high = edge - left, self.stage.width - edge - right
        return np.where(low <= high, np.clip(x, low, np.maximum(low, high)), x)

    def _turn(self, i: int, x: Array, f: Array) -> Array:
        """Facing follows what a unit looks at or flees from."""
        unit = self.units[i]
        if unit.facing:
            return np.full(len(x), float(unit.facing))
        for target, sign in ((unit.looks, 1.0), (unit.flees, -1.0)):
            if target is None:
                continue
            j, dx = self._target(target)
            goal = self.x[j] + dx
            return np.where(goal >= x, sign, -sign)
        return f

    def _target(self, element: str) -> tuple[int, float]:
        if element in self.by_id:
            return self.by_id[element], 0.0
        for index, unit in enumerate(self.units):
            for rider in unit.riders:
                if rider.element == element:
                    return index, self.f[index] * rider.dx * self.stage.cm(self.y[index])
        return 0, 0.0

    def _wished(self, i: int, wish: Wish) -> tuple[float, float]:
        """A place that grants one wish."""
        other = wish.target if wish.subject == i else wish.subject
        cm = self.stage.cm(self.y[other])
        apart = self.rng.uniform(wish.near, wish.far) * cm
        side = wish.side or (1 if self.rng.random() < 0.5 else -1)
        low, high = max(wish.ahead[0], -0.12), min(wish.ahead[1], 0.12)
        ahead = self.rng.uniform(low, high) * self.stage.height
        away = 1 if wish.subject == i else -1
        shift = (wish.target_dx * self.f[wish.target] - wish.subject_dx * self.f[wish.subject]) * cm
        return self.x[other] + away * (side * apart + shift), self.y[other] + away * ahead

    def _rects(self, i: int, x: Array, y: Array, f: Array) -> Array:
        """Pixel boxes of unit i at candidates: shape (candidates, boxes, 4)."""
        cm = self._scales(y)
        sides = self.sides[i][None] * (cm * f)[:, None, None] + x[:, None, None]
        rises = self.rises[i][None] * cm[:, None, None] + y[:, None, None]
        return np.stack([sides.min(2), rises[..., 0], sides.max(2), rises[..., 1]], axis=2)

    def _scales(self, y: Array) -> Array:
        return self.stage.scales(y)

    def _cost(self, i: int, x: Array, y: Array, f: Array) -> Array:
        rects = self._rects(i, x, y, f)
        return (
            self._outside(i, rects)
            + self._covering(i, rects, y)
            + self._granting(i, x, y, f)
            + self._crowding(i, x, y)
        )

    def _outside(self, i: int, rects: Array) -> Array:
        width, height = self.stage.width, self.stage.height
        edge = MARGIN * min(width, height)
        over = np.maximum(0, edge - rects[..., 0]) + np.maximum(0, rects[..., 2] - width + edge)
        over = (
            over + np.maximum(0, edge - rects[..., 1]) + np.maximum(0, rects[..., 3] - height + 2)
        )
        share = over / self.stage.front_cm
        if self.units[i].furniture:
            light = 0.02 if self.units[i].flat else 0.22
            return np.asarray((share * light).sum(1))
        weight = np.clip(self.care[i] / 5, 0.5, 1.0)
        return np.asarray((3.0 * (share * 0.6 + (share / 8) ** 2) * weight).sum(1))

    def _covering(self, i: int, rects: Array, y: Array) -> Array:
        """What unit i hides of others, and they of it, were it at the candidates."""
        boxes, care, hides = self.all_boxes, self.all_care, self.all_hides
        depth = self.y[self.owner]
        a, b = rects[:, :, None, :], boxes[None, None, :, :]
        wide = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
        tall = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
        shared = np.maximum(0, wide) * np.maximum(0, tall)
        own_area = (rects[..., 2] - rects[..., 0]) * (rects[..., 3] - rects[..., 1])
        other_area = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
        ahead = y[:, None, None] > depth[None, None, :]
        if self.units[i].flat:
            ahead = np.zeros_like(ahead)
        own_care, own_hides = self.care[i][None, :, None], self.hides[i][None, :, None]
        dear = (own_care >= DEAR) | (care[None, None, :] >= DEAR)
        eased = self.eased[i][None, None, :]
        eased = np.where(dear & (eased > 0), np.maximum(eased, FRIENDS_FACES), eased)
        harm = np.where(
            ahead,
            _harm(shared / np.maximum(1.0, other_area)[None, None, :], care[None, None, :])
            * own_hides,
            _harm(shared / np.maximum(1.0, own_area)[:, :, None], own_care) * hides[None, None, :],
        )
        least = np.maximum(1.0, np.minimum(own_area[:, :, None], other_area[None, None, :]))
        if self.units[i].lift:
            clutter = 2.5 * shared / least * np.maximum(20.0, care[None, None, :])
        else:
            crossing = CROSSING_SIGN if self.units[i].kind == "sign" else CROSSING
            clutter = crossing * shared / least * np.minimum(own_care, care[None, None, :])
        covered = ((harm + clutter) * eased).sum((1, 2))
        return np.asarray(covered + self._growing(i, wide, tall, rects[..., 2] - rects[..., 0]))

    def _growing(self, i: int, wide: Array, tall: Array, own: Array) -> Array:
        """Posts that cross heads, lettering and clues, in front or behind; ``own`` are the widths
        of the unit's boxes at the candidates.
        """
        mine, theirs = self.slender[i], self.all_slender & (self.owner != i)
        cost = np.zeros(len(wide))
        for posts_are_own, own_boxes, others in (
            (True, mine, ~self.all_slender),
            (False, ~mine, theirs),
        ):
            if not own_boxes.any() or not others.any():
                continue
            cell = np.ix_(np.arange(len(wide)), own_boxes, others)
            widths = self.all_boxes[others, 2] - self.all_boxes[others, 0]
            least = np.minimum(own[:, own_boxes, None], widths[None, None])
            share = np.maximum(0.0, wide[cell]) / np.maximum(1.0, least)
            care = self.all_care[None, others] if posts_are_own else self.care[i][own_boxes, None]
            price = np.where(care >= DEAR, GROWN, np.where(care >= CLUE, CUT_UP, 0.0))
            crossed = share * (tall[cell] > 0) * price[None] * self.eased[i][others]
            cost += crossed.sum((1, 2))
        return cost

    def _granting(self, i: int, x: Array, y: Array, f: Array) -> Array:
        cost = self._intruding(i, x, y)
        for wish in self.mine[i]:
            cost += self._wish_cost(i, wish, x, y, f)
        return cost

    def _wish_cost(self, i: int, wish: Wish, x: Array, y: Array, f: Array) -> Array:
        subject = wish.subject == i
        j = wish.target if subject else wish.subject
        own_cm, other_cm = self._scales(y), self.stage.cm(self.y[j])
        own_dx, other_dx = (
            (wish.subject_dx, wish.target_dx) if subject else (wish.target_dx, wish.subject_dx)
        )
        own_x = x + f * own_dx * own_cm
        other_x = self.x[j] + self.f[j] * other_dx * other_cm
        dx = (own_x - other_x) if subject else (other_x - own_x)
        dy = (y - self.y[j]) if subject else (self.y[j] - y)
        cm = (own_cm + other_cm) / 2
        apart = (dx * wish.side if wish.side else np.abs(dx)) / cm
        miss_x = np.maximum(0, wish.near - apart) + np.maximum(0, apart - wish.far)
        level = dy / self.stage.height
        miss_y = np.maximum(0, wish.ahead[0] - level) + np.maximum(0, level - wish.ahead[1])
        cost = wish.weight * (
            np.minimum(miss_x / 34, 6) ** 1.5 + np.minimum(miss_y / 0.025, 6) ** 1.5
        )
        if wish.opposite is not None:
            trunk = self.x[wish.opposite]
            same = (own_x - trunk) * (other_x - trunk) > 0
            cost = cost + np.where(same, 30.0, 0.0)
        if wish.clear:
            cost = cost + self._between(i, j, own_x, other_x, y)
        return np.asarray(cost)

    def _intruding(self, i: int, x: Array, y: Array) -> Array:
        """Unit i itself between somebody's pointing hand and its target."""
        cost = np.zeros(len(x))
        if not self.units[i].person:
            return cost
        for wish in self.wishes:
            if not wish.clear or i in (wish.subject, wish.target):
                continue
            left, right = sorted((self.x[wish.subject], self.x[wish.target]))
            nearest = min(self.y[wish.subject], self.y[wish.target])
            close = np.abs(y - nearest) < SIGHT * self.stage.height
            cost += np.where((left + 12 < x) & (x < right - 12) & close, INTRUSION, 0.0)
        return cost

    def _between(self, i: int, j: int, x: Array, other_x: float, y: Array) -> Array:
        """People who stand between a pointing hand and its target."""
        cost = np.zeros(len(x))
        for k, unit in enumerate(self.units):
            if k in (i, j) or not unit.person:
                continue
            inside = (np.minimum(x, other_x) + 12 < self.x[k]) & (
                self.x[k] < np.maximum(x, other_x) - 12
            )
            close = np.abs(self.y[k] - np.minimum(y, self.y[j])) < SIGHT * self.stage.height
            cost += np.where(inside & close, INTRUSION, 0.0)
        return cost

    def _crowding(self, i: int, x: Array, y: Array) -> Array:
        """Feet on the same spot, feet in the pond, and people who bunch together."""
        unit, stage = self.units[i], self.stage
        dx, dy = (
            np.abs(x[:, None] - self.x[None, :]),
            np.abs(y[:, None] - self.y[None, :]),
        )
        cm = stage.scales(self.y)[None, :]
        touch = (unit.width + self.widths[None, :]) * 0.42 * cm
        clash = np.maximum(0, 1 - dx / touch) * np.maximum(0, 1 - dy / (0.032 * stage.height))
        wet = 1 - np.sqrt((dx / (touch * 1.12)) ** 2 + (dy / (self.basins[i][None, :] * cm)) ** 2)
        drowned = np.where(wet > 0, 30.0 + 60.0 * wet, 0.0)
        bunched = 8.0 * np.exp(-((dx / (0.15 * stage.width)) ** 2))
        cost = (
            26.0 * clash * self.stands[i][None, :]
            + drowned * self.ponds[i][None, :]
            + bunched * self.mates[i][None, :]
        ).sum(1)
        if unit.person:
            cost = cost + 6.0 * (x / stage.width - 0.5) ** 2
        return np.asarray(cost)

    def _pairings(self) -> None:
        """Which units can stand in each other's way: masks of 0 and 1, by unit."""
        units = self.units
        count = len(units)
        self.widths = np.array([unit.width for unit in units])
        self.stands = np.zeros((count, count))
        self.ponds = np.zeros((count, count))
        self.mates = np.zeros((count, count))
        self.basins = np.ones((count, count))
        for i, one in enumerate(units):
            for j, other in enumerate(units):
                if i == j:
                    continue
                basin = one.basin or other.basin
                pond = basin is not None
                self.basins[i, j] = basin[1] if basin else 1.0
                apart = not pond and (i, j) not in self.friends and not (one.lift or other.lift)
                spread = (
                    one.flat != other.flat
                    and max(one.width * one.flat, other.width * other.flat) > WIDE
                )
                solid = not one.flat and not other.flat
                self.ponds[i, j] = pond and "swimmer" not in (one.kind, other.kind)
                self.stands[i, j] = apart * (1.0 if solid else 0.6 * spread)
                self.mates[i, j] = one.person and other.person
