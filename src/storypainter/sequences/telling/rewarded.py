"""Whom the training of a teller rewarded, as ``told.json`` keeps it and as trainings say it.

A judge that was rewarded may not judge what came of it. Trainings are moved and cleared away, so
what is known of them while a narrative is told is written beside it: :func:`training_facts`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.sequences.bounded import file_bytes
from storypainter.sequences.telling.trainings import (
    Rewarded,
    adapter_digest,
    chain,
    places_of,
    text_at,
    training_at,
)

#: The file of a told folder that says who told, and its keys for the adapter's hash and for what
#: is kept of trainings.
FACTS, SHA256, KEY = "told.json", "adapter_sha256", "trained"
_MOST_FACTS = 64 * 1024 * 1024
_NOT_KNOWN = "was rewarded by one of these judges isn't known (name it with --training)"


@dataclass(frozen=True, slots=True)
class Provenance:
    """The reward judges behind a told folder, and what couldn't be found out."""

    rewarded: tuple[Rewarded, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who told: the model's address, its adapter, and what the told folder keeps of its training.

    Attributes:
        model: empty for narratives that the sequences had already (people's, the planner's).
        adapter: its path as it was typed; empty without one.
        digest: the adapter's SHA-256 (``trainings.adapter_digest``), where it is kept.
        from_here: where the adapter lay, seen from the told folder; likewise.
        known: what was known of the training; None in folders from before it was kept.
    """

    model: str = ""
    adapter: str = ""
    digest: str = ""
    from_here: str = ""
    known: Provenance | None = None


def provenance_of(folder: Path, teller: Teller) -> Provenance:
    """Whom the training of a teller rewarded: as ``told.json`` keeps it, else as it says now.

    Looked for in the ``config.toml`` of the training whose ``adapter/`` told and of the one that
    the model's address names a folder of, and in those that they went on from, which are found
    among their neighbours by their adapters' hashes.

    Args:
        folder: the told folder; relative paths are looked for from there up.
        teller: who told.

    Raises:
        BadInput: a ``config.toml`` that can't be read.
    """
    kept = teller.known or Provenance()
    if teller.known is not None and not kept.unknown:
        return kept
    rewarded, unknown = list(kept.rewarded), ""
    adapter = _training_of_adapter(folder, teller)
    for training in (_training_of_model(folder, teller.model), adapter):
        if training is None:
            continue
        found, whole = chain(training)
        rewarded += found
        if not whole:
            unknown = (
                f"the training {training.name!r} went on from an adapter whose own training isn't "
                f"beside it: whether that one {_NOT_KNOWN}"
            )
    if teller.adapter and adapter is None:
        label = "/".join(Path(teller.adapter).parts[-2:])
        unknown = f"no training is found beside the adapter {label!r}: whether it {_NOT_KNOWN}"
    elif not teller.adapter:
        unknown = unknown or kept.unknown  # of narratives taken over: their adapter is elsewhere
    return Provenance(_once(rewarded), unknown)


def _training_of_adapter(folder: Path, teller: Teller) -> Path | None:
    typed = places_of(folder, teller.adapter)
    lay = [(folder / teller.from_here).resolve()] if teller.from_here else []
    there = [place for place in (*lay, *typed) if place.exists()]
    # An adapter that was deleted may have left its training: where the path was typed, at least.
    return training_at(there or typed[-1:], teller.digest)


def _training_of_model(folder: Path, address: str) -> Path | None:
    """The training that an address such as ``transformers/runs/merged`` names a folder of."""
    return training_at(p for p in places_of(folder, address.partition("/")[2]) if p.is_dir())


def _once(judges: Iterable[Rewarded]) -> tuple[Rewarded, ...]:
    return tuple(dict.fromkeys(judges))


# ------------------------------------------------------------------------------- told.json


def read_facts(folder: Path) -> Mapping[str, Any]:
    """What ``told.json`` of a folder says; empty where there is none.

    Raises:
        BadInput: it can't be read, or isn't JSON.
    """
    path = folder / FACTS
    if not path.is_file():
        return {}
    try:
        plain = orjson.loads(file_bytes(path, _MOST_FACTS))
    except orjson.JSONDecodeError:
        raise BadInput(f"{path} is not valid JSON", "tell the sequences again") from None
    return plain if isinstance(plain, dict) else {}


def teller_of(facts: Mapping[str, Any]) -> Teller:
    """Who told, as ``told.json`` says it, also one from before trainings were kept in it."""
    model, adapter = text_at(facts, "model"), text_at(facts, "adapter")
    kept = facts.get(KEY)
    if not isinstance(kept, Mapping):
        return Teller(model, adapter)
    rows = kept.get("rewarded")
    judges = tuple(
        Rewarded(
            Path(text_at(row, "training")),
            text_at(row, "address"),
            text_at(row, "model"),
            text_at(row, "sha256"),
        )
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, Mapping) and text_at(row, "address")
    )
    known = Provenance(judges, text_at(kept, "unknown"))
    return Teller(model, adapter, text_at(facts, SHA256), text_at(kept, "adapter"), known)


def training_facts(
    out: Path, model: str, adapter: str, told: Iterable[Path] = ()
) -> dict[str, Any]:
    """What ``told.json`` is to keep of the trainings behind a teller, beside ``adapter``.

    What the folder keeps already of the same adapter stays: when a telling is resumed, its
    training may be gone. Nothing stops a telling here: what can't be read is unknown, with why.

    Args:
        out: the told folder.
        model: the teller's address.
        adapter: its path as it was typed; empty without one.
        told: where narratives are taken over from: what is known of their teller goes with them.

    Returns:
        empty where there is no adapter, and no training is known.
    """
    here = _adapter_here(adapter)
    digest = adapter_digest(here) if here is not None else ""
    sources = [(out, Teller(model, str(here or adapter), digest)), *_tellers(told)]
    found = [_found(folder, teller) for folder, teller in sources]
    known = Provenance(
        _once(judge for each in found for judge in each.rewarded),
        next((each.unknown for each in found if each.unknown), ""),
    )
    before = _teller_in(out)
    same = bool(model) and (before.model, before.digest) == (model, digest)
    if same and before.known is not None:
        known = _both(before.known, known)
    if not adapter and known == Provenance():
        return {}
    lies = _seen_from(out, here) if here is not None else ""
    return {SHA256: digest, KEY: _plain(known, lies)}


def _plain(known: Provenance, adapter: str) -> dict[str, Any]:
    rows = [
        {
            "training": each.training.name,
            "address": each.address,
            "model": each.model,
            "sha256": each.weights,
        }
        for each in known.rewarded
    ]
    return {"adapter": adapter, "rewarded": rows, "unknown": known.unknown}


def _both(before: Provenance, now: Provenance) -> Provenance:
    """What two looks at the same training found; the one that found all of it is believed."""
    unknown = now.unknown if before.unknown else ""
    # What is kept has a training's name alone: so here, lest each resumption adds a row.
    named = (
        Rewarded(Path(each.training.name), each.address, each.model, each.weights)
        for each in now.rewarded
    )
    return Provenance(_once((*before.rewarded, *named)), unknown)


def _adapter_here(adapter: str) -> Path | None:
    from storypainter.models.transformers import lora_folder

    try:
        return lora_folder(adapter) if adapter else None
    except BadInput:
        return None


def _found(folder: Path, teller: Teller) -> Provenance:
    try:
        return provenance_of(folder, teller)
    except BadInput as error:
        return Provenance((), f"{error.message}: whether that training {_NOT_KNOWN}")


def _tellers(told: Iterable[Path]) -> Iterator[tuple[Path, Teller]]:
    for source in told:
        folder = source if source.is_dir() else source.parent
        if (folder / FACTS).is_file():
            yield folder, _teller_in(folder)


def _teller_in(folder: Path) -> Teller:
    try:
        return teller_of(read_facts(folder))
    except BadInput:
        return Teller()


def _seen_from(folder: Path, place: Path) -> str:
    """Relative: both may be moved together, and ``told.json`` may be given away."""
    try:
        return Path(os.path.relpath(place.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(place)
