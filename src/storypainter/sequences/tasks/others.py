"""Other sequences of the same part: pictures to mix in, and people to tell somebody apart from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from storypainter.sequence import Character, Frame, Sequence, SequenceKind
from storypainter.sequences.tasks import saying
from storypainter.training.distilling.drawing import Draw

#: How many sequences are looked at before there is said to be no fitting one.
TRIES = 40


class Others:
    """What the sequences of one part can lend each other.

    Args:
        sequences: all of that part.
    """

    def __init__(self, sequences: Iterable[Sequence]) -> None:
        self._main: dict[str, list[Character]] = {}
        self._of_kind: dict[SequenceKind, list[Sequence]] = defaultdict(list)
        for each in sequences:
            self._of_kind[each.kind].append(each)

    def frames(
        self, sequence: Sequence, draw: Draw, purpose: str
    ) -> Iterator[tuple[Frame, Mapping[str, Character]]]:
        """Frames of sequences of the same kind and of other sources, in a drawn order.

        Each comes with the characters of its sequence by id. Pictures that the sequence itself
        shows are passed over.
        """
        own = {frame.picture.sha256 for frame in sequence.frames}
        for other in self._near(sequence, draw, purpose):
            frame = draw.one(f"{purpose} frame {other.id}", other.frames)
            if frame.picture.sha256 not in own:
                yield frame, saying.people(other)

    def people(self, sequence: Sequence, draw: Draw, purpose: str) -> Iterator[Character]:
        """People of such sequences who are in two of their pictures, in a drawn order."""
        for other in self._near(sequence, draw, purpose):
            yield from sorted(
                self._main_people(other),
                key=lambda who: draw.number(f"{purpose} {other.id} {who.id}"),
            )

    def _main_people(self, other: Sequence) -> list[Character]:
        if other.id not in self._main:
            shown = Counter(who for each in other.frames for who in saying.shown_in(each))
            self._main[other.id] = [who for who in other.characters if shown[who.id] > 1]
        return self._main[other.id]

    def _near(self, sequence: Sequence, draw: Draw, purpose: str) -> Iterator[Sequence]:
        same = self._of_kind[sequence.kind]
        if len(same) <= 2 * TRIES:
            order = sorted(range(len(same)), key=lambda at: draw.number(f"{purpose} {at}"))
        else:
            # Of many sequences some are drawn: sorting all of them each time would take too long.
            drawn = (draw.number(f"{purpose} {step}") % len(same) for step in range(TRIES))
            order = list(dict.fromkeys(drawn))
        for at in order[:TRIES]:
            if same[at].source != sequence.source:
                yield same[at]
