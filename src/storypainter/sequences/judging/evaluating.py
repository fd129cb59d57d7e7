"""An evaluation of told narratives: judges, what is measured offline, order sensitivity, tables."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from storypainter.errors import BadInput
from storypainter.flight import WorkingThrough
from storypainter.models.calling import Limits
from storypainter.models.contract import CallFailed, ImagePart, Verdict
from storypainter.models.pricing import Price
from storypainter.runs.folder import RunFolder
from storypainter.score import Score
from storypainter.sequence import Frame, Sequence
from storypainter.sequences.judging.asking import SIDE, STEP, VERSION, Judged, NarrativeJudge
from storypainter.sequences.judging.measuring import (
    METRICS,
    Measured,
    grounding_report,
    matching,
    measure,
)
from storypainter.sequences.judging.sharing import hardly_note, shared_sequences, sharing_note
from storypainter.sequences.judging.tables import (
    GROUNDING,
    ORDER,
    SURFACE,
    TABLE1,
    TABLE3,
    TABLE4,
    Column,
    Table,
    judged_tables,
    of_criteria,
    order_table,
    table_of,
)
from storypainter.sequences.judging.told import ToldFolder, narrative_hash

_SHUFFLED = ", shuffled"


@dataclass(frozen=True, slots=True)
class System:
    """What is compared: told sequences, and the same model's over shuffled pictures if there are.

    ``shuffled`` is the folder of what was told over shuffled pictures; ``disorder`` has that by id,
    laid over the true order (see ``order.told_in_disorder``).
    """

    told: ToldFolder
    disorder: Mapping[str, Sequence] = field(default_factory=dict)
    shuffled: ToldFolder | None = None

    @property
    def name(self) -> str:
        """What tables call it."""
        return self.told.name

    @property
    def shuffled_name(self) -> str:
        """What tables call what it told over shuffled pictures."""
        return self.told.name + _SHUFFLED

    def only(self, keys: Container[str]) -> System:
        """The system with these sequences alone."""
        told = {key: one for key, one in self.told.sequences.items() if key in keys}
        disorder = {key: one for key, one in self.disorder.items() if key in keys}
        return replace(self, told=replace(self.told, sequences=told), disorder=disorder)


@dataclass(frozen=True, slots=True)
class _Item:
    index: int
    system: System
    shuffled: bool
    key: str
    sequence: Sequence


class NarrativeEvaluation(WorkingThrough):
    """One working-through; its steps are each judge's narratives.

    Several systems are compared on the sequences that all of them have told; others are neither
    judged nor counted, and ``remarks`` say so. Where they share none, each keeps its own.

    Args:
        systems: what is compared; their names must differ.
        judges: who judge, in order.
        folder: where their replies are kept; the same evaluation again asks nothing twice.
        references: sequences of the set that was told; empty where none was given.
        metrics: what is measured without a model.
        limits: calls at once, and what they may cost.
        prices: the user's own.
        closers: called once each at the end.
    """

    def __init__(
        self,
        systems: tuple[System, ...],
        judges: tuple[NarrativeJudge, ...],
        folder: RunFolder,
        *,
        references: Iterable[Sequence] = (),
        metrics: Iterable[str] = METRICS,
        limits: Limits | None = None,
        prices: Mapping[str, Price] | None = None,
        closers: Iterable[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        names = [system.name for system in systems]
        for name in names:
            if names.count(name) > 1:
                raise BadInput(f"two systems are called {name!r}", "name them: NAME=FOLDER")
        super().__init__(folder, tuple(map(_step, judges)), limits, prices, closers)
        # Whoever told hardly anything would leave the others next to nothing to be compared on.
        able = tuple(each for each in systems if not each.told.hardly_any) or systems
        shared = shared_sequences([system.told.sequences for system in able])
        #: As they were given; ``systems`` have what is compared.
        self.given = systems
        self.systems = tuple(
            each.only(shared) if shared and each in able else each for each in systems
        )
        self.judges = judges
        self._references = tuple(references)
        own = {system.name: len(system.told.sequences) for system in able}
        remarks = [sharing_note(own, len(shared)), *map(self._unmatched, self.systems)]
        remarks += [hardly_note(system.told) for system in systems if system not in able]
        remarks += [
            f"{one.name}: order sensitivity isn't shown: what was told shuffled is none of them."
            for one, compared in zip(systems, self.systems, strict=True)
            if one.disorder and not compared.disorder
        ]
        #: What must be said of all tables.
        self.remarks = tuple(note for note in remarks if note)
        self._metrics = tuple(metrics)
        self._items = tuple(self._numbered())
        self.total = len(self._items) if judges else 0
        # By judge, system (", shuffled" behind it), sequence.
        self._judged: dict[tuple[str, str, str], tuple[Judged | None, str]] = {}

    def _numbered(self) -> Iterator[_Item]:
        index = 0
        for system in self.systems:
            for shuffled, rows in ((False, system.told.sequences), (True, system.disorder)):
                for key, sequence in rows.items():
                    yield _Item(index, system, shuffled, key, sequence)
                    index += 1

    async def work(self) -> None:
        """Let every judge judge every narrative.

        Raises:
            StorypainterError: what stopped it; everything paid is stored, and the same command
                goes on.
        """
        window = 2 * self.caller.limits.max_concurrency
        async with self._flight:
            if self.judges:
                await self._flight.each(
                    self._items,
                    self._judge,
                    window=window,
                    name=lambda i: f"{i.system.name}, {i.key}",
                )

    async def _judge(self, item: _Item) -> None:
        for judge in self.judges:
            await self._judge_by(judge, item)

    async def _judge_by(self, judge: NarrativeJudge, item: _Item) -> None:
        why = ""

        async def ask(tries: int) -> Judged:
            nonlocal why
            try:
                return await judge.judge_one(
                    item.sequence,
                    lambda frame: _shown(item.system.told, frame),
                    self.caller,
                    sample=str(tries),
                )
            except CallFailed as failure:
                why = str(failure)
                raise

        inputs = {"judge": dict(judge.identity), "narrative": narrative_hash(item.sequence)}
        judged = await self._steps.take(_step(judge), VERSION, item.index, inputs, Judged, ask)
        system = item.system.name + (_SHUFFLED if item.shuffled else "")
        self._judged[judge.judge, system, item.key] = (judged, why)

    # ------------------------------------------------------------------------------- scores

    def judged_scores(
        self, judge: NarrativeJudge, *, shuffled: bool = False
    ) -> dict[str, dict[str, dict[str, Score]]]:
        """A judge's Scores by system, name and sequence."""
        found: dict[str, dict[str, dict[str, Score]]] = {}
        for item in self._items:
            if item.shuffled is not shuffled:
                continue
            system = item.system.name
            judged, why = self._judged.get(
                (judge.judge, system + (_SHUFFLED if shuffled else ""), item.key),
                (None, "not judged yet"),
            )
            named = found.setdefault(system, {})
            for score in judge.scores(item.sequence, judged, why):
                named.setdefault(score.name, {})[item.key] = score
        return found

    def measured(self, *, shuffled: bool = False) -> dict[str, Measured]:
        """What is measured without a model, by system."""
        found = {}
        for system in self.systems:
            told = system.told
            if shuffled:
                if not system.disorder:
                    continue
                told = replace(told, sequences=system.disorder)
            found[system.name] = measure(told, matching(told, self._references), self._metrics)
        return found

    def grounding_report(self) -> Iterator[bytes]:
        """A JSON line a narrative: what of each picture it names, by the tables' annotations."""
        for system in self.systems:
            yield from grounding_report(system.told, matching(system.told, self._references))

    def _unmatched(self, system: System) -> str:
        """A note where a set was given and doesn't have all that was told; else empty."""
        if not self._references:
            return ""
        away = len(system.told.sequences) - len(matching(system.told, self._references))
        if not away:
            return ""
        return (
            f"{system.name}: {away} of {len(system.told.sequences)} sequences aren't in that part "
            "of the set with the same pictures: they are held against the annotations of their "
            "own folder, and have no reference."
        )

    # ------------------------------------------------------------------------------- tables

    def tables(self, *, ablations: bool = False, notes: Iterable[str] = ()) -> list[Table]:
        """All tables: by judge those of the paper's layouts, then what holds offline.

        Args:
            ablations: the rows are an ablation: Table 3 rather than Table 1.
            notes: what the rows are, to stand below the tables that compare them first: Table 1
                or 3, grounding, or what is there instead.
        """
        notes = tuple(notes)
        missing = {system.name: system.told.missing for system in self.systems}
        found: list[Table] = []
        judged = {judge.judge: self.judged_scores(judge) for judge in self.judges}
        for judge in self.judges:
            scores = judged[judge.judge]
            made = judged_tables(judge.judge, scores, missing)
            if ablations:
                third = table_of(
                    "table3", "Ablations", judge.judge, of_criteria(TABLE3), scores, missing
                )
                made = [third if table.name == "table1" else table for table in made]
            made[0] = replace(made[0], notes=(*notes, *made[0].notes))
            found += made
        measured = self.measured()
        each = {name: one.each for name, one in measured.items()}
        whole = {name: one.whole for name, one in measured.items()}
        if "grounding" in self._metrics:
            found.append(
                table_of(
                    "grounding",
                    "Grounding in the pictures' annotations",
                    "",
                    GROUNDING,
                    each,
                    missing,
                    notes=notes,
                )
            )
        columns = tuple(column for column in SURFACE if _asked(column, self._metrics))
        if columns:
            found.append(
                table_of(
                    "surface", "Repetition, length and overlap with a reference", "", columns,
                    each, missing, whole=whole,
                    notes=_SURFACE_NOTES if found else (*notes, *_SURFACE_NOTES),
                )
            )  # fmt: skip
        found += self._order(judged, each)
        return found

    def _order(
        self,
        judged: Mapping[str, Mapping[str, Mapping[str, Mapping[str, Score]]]],
        measured: Mapping[str, Mapping[str, Mapping[str, Score]]],
    ) -> Iterator[Table]:
        """Table of order sensitivity: what each system loses by shuffled pictures."""
        if not any(system.disorder for system in self.systems):
            return
        if "grounding" in self._metrics:
            lost = {name: one.each for name, one in self.measured(shuffled=True).items()}
            yield _order_of("", GROUNDING, measured, lost)
        columns = of_criteria(tuple(dict.fromkeys((*TABLE1, *TABLE4))))
        for judge in self.judges:
            yield _order_of(
                judge.judge, columns, judged[judge.judge], self.judged_scores(judge, shuffled=True)
            )


_SURFACE_NOTES = (
    "Repetition is 0 at best. BLEU, METEOR and CIDEr compare with one reference narrative: another "
    "good story over the same pictures scores low. BLEU is the corpus's, on 0 to 100; differences in "
    "BLEU are those of narratives by themselves.",
)
_ORDER_NOTE = (
    "The same model told the same pictures shuffled; what it told at a position is held against the "
    "picture that truly stands there. A difference above 0 says that the narrative follows its "
    "pictures and their order; one that holds 0 in its interval says that it may not."
)


def _order_of(
    judge: str,
    columns: tuple[Column, ...],
    true: Mapping[str, Mapping[str, Mapping[str, Score]]],
    lost: Mapping[str, Mapping[str, Mapping[str, Score]]],
) -> Table:
    rows: dict[str, Mapping[str, Mapping[str, Score]]] = {}
    for name, shuffled in lost.items():
        keys = {key for scores in shuffled.values() for key in scores}
        rows[name] = {
            column: {key: score for key, score in scores.items() if key in keys}
            for column, scores in true[name].items()
        }
        rows[name + _SHUFFLED] = shuffled
    table = table_of(ORDER, "Order sensitivity", judge, columns, rows, {}, notes=(_ORDER_NOTE,))
    pairs = {name: (true[name], lost[name]) for name in lost}
    return Table(
        table.name, table.title, judge, columns, table.rows, None, order_table(pairs, columns),
        table.notes,
    )  # fmt: skip


def _asked(column: Column, metrics: Iterable[str]) -> bool:
    name = "repetition" if column.key == "repeated_4grams" else column.key
    return name in metrics


def _step(judge: NarrativeJudge) -> str:
    return f"{STEP}:{judge.judge}"


def _shown(told: ToldFolder, frame: Frame) -> ImagePart:
    from storypainter.sequences.telling.shown import shown

    try:
        return shown(told.picture_bytes(frame), SIDE, frame.picture.file)
    except BadInput as error:
        raise CallFailed(Verdict.INVALID, error.message, error.hint) from None


def resolve_pairs(names: Iterable[str], given: Iterable[str]) -> dict[str, Path]:
    """``--shuffled``: ``NAME=FOLDER``, or folders in the order of the systems.

    Raises:
        BadInput: a name that no system has, or more folders than systems.
    """
    known = list(names)
    found: dict[str, Path] = {}
    for number, text in enumerate(given):
        name, equals, folder = text.partition("=")
        if equals and name in known:
            found[name] = Path(folder)
        elif number < len(known):
            found[known[number]] = Path(text)
        else:
            raise BadInput(
                f"--shuffled {text!r:.120} belongs to no told folder",
                "write --shuffled NAME=FOLDER",
            )
    return found
