"""Trainings behind an adapter: where they are, and whose judgement their ``config.toml`` names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from storypainter.errors import BadInput
from storypainter.models.local_files import folder_sha256, user_path
from storypainter.sequences.bounded import file_bytes

#: The table of a ``config.toml`` that says whose judgement was rewarded.
TABLE = "reward_judge"
_CONFIG = "config.toml"
_WEIGHTS = ("adapter_config.json", "adapter_model.safetensors")
_LONGEST_CHAIN = 16  # trainings that went on from one another
_MOST_NEIGHBOURS = 1_000
_MOST_CONFIG = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rewarded:
    """Whose judgement a training rewarded.

    Attributes:
        training: the training's folder; its name alone where ``told.json`` says it.
        address: the judge's, or the name of a reward that judges by itself (``grounded``).
        model: the model's name, where it is known.
        weights: the SHA-256 of a local model's files, likewise.
    """

    training: Path
    address: str
    model: str = ""
    weights: str = ""


def chain(start: Path) -> tuple[list[Rewarded], bool]:
    """The reward judges of a training and of those before it; whether all of those were found.

    Args:
        start: its folder, or its ``config.toml``.

    Raises:
        BadInput: a ``config.toml`` that can't be read.
    """
    found: list[Rewarded] = []
    place = (start if start.is_dir() else start.parent).absolute()
    config = _config(start)
    for _ in range(_LONGEST_CHAIN):
        found += reward_judges(place, config)
        asked = config.get("asked")
        before = asked.get("from_adapter") if isinstance(asked, Mapping) else None
        if not before:
            return found, True
        earlier = _training_of(str(before), place.parent)
        if earlier is None:
            return found, False
        place, config = earlier, _config(earlier)
    return found, False


def reward_judges(training: Path, config: Mapping[str, Any]) -> list[Rewarded]:
    """Whose judgement a training rewarded, and what it says of those before it.

    Trainings from before both were recorded name the judge alone; that ``grounded`` was rewarded
    as well stands in what was asked of them.
    """
    said = config.get(TABLE)
    if isinstance(said, str):
        said = {"address": said}
    if not isinstance(said, Mapping) or not text_at(said, "address"):
        return []
    judge, weights = text_at(said, "model_model"), text_at(said, "model_sha256")
    found = [Rewarded(training, said["address"], judge, weights)]
    found += [Rewarded(training, name) for name in (*_texts(said, "also"), *_grounded(config))]
    models = said.get("earlier_models")
    for address in _texts(said, "earlier"):
        its = models.get(address) if isinstance(models, Mapping) else None
        its = its if isinstance(its, Mapping) else {}
        found.append(Rewarded(training, address, text_at(its, "model"), text_at(its, "sha256")))
    return list(dict.fromkeys(found))


def _grounded(config: Mapping[str, Any]) -> list[str]:
    """``grounded``, where it is among the rewards that were asked for."""
    asked = config.get("asked")
    try:
        rewards = orjson.loads(text_at(asked, "rewards")) if isinstance(asked, Mapping) else {}
    except orjson.JSONDecodeError:
        return []
    return ["grounded"] if isinstance(rewards, dict) and "grounded" in rewards else []


def text_at(row: Mapping[str, Any], key: str) -> str:
    """The text under a key of a file's table; empty where there is none."""
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _texts(row: Mapping[str, Any], key: str) -> list[str]:
    value = row.get(key)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


# ----------------------------------------------------------------------- where they are


def places_of(folder: Path, typed: str) -> list[Path]:
    """What a typed path may mean: the working directory that it was typed in isn't known any more.

    Mostly it was the told folder's parent or one above that, so these come first; the working
    directory of now comes last, where another training may go by the same name.

    Args:
        folder: the told folder.
        typed: an adapter's or model's path; empty gives none.
    """
    try:
        path = user_path(typed)
    except BadInput:
        return []
    if not typed or path.is_absolute():
        return [path] if typed else []
    whole = folder.resolve()
    return [above / path for above in (whole, *whole.parents)] + [path.absolute()]


def training_at(places: Iterable[Path], digest: str = "") -> Path | None:
    """The first training whose adapter or model lies at one of these places.

    Args:
        places: an adapter's folder or one of its files, or a training's folder.
        digest: the adapter's hash, if it is known: nothing else is taken for it.

    Raises:
        BadInput: a ``config.toml`` that can't be read.
    """
    for place in places:
        if digest and digest not in map(adapter_digest, (place, place / "adapter", place.parent)):
            continue
        # A link may lead into a training, or lie in one.
        for lies in dict.fromkeys((place, place.resolve())):
            for around in (lies, lies.parent, lies.parent.parent):
                if _is_training(around):
                    return around
    return None


def adapter_digest(folder: Path) -> str:
    """The hash of an adapter's config and weights, as trainings name it; empty without them."""
    files = [folder / name for name in _WEIGHTS]
    return folder_sha256(folder, files) if all(file.is_file() for file in files) else ""


def _is_training(folder: Path) -> bool:
    if not (folder / _CONFIG).is_file():
        return False
    return bool({"asked", TABLE} & _config(folder).keys())


def _training_of(digest: str, folder: Path) -> Path | None:
    """The training in a folder whose adapter has this hash."""
    for neighbour in sorted(folder.iterdir())[:_MOST_NEIGHBOURS]:
        if (neighbour / _CONFIG).is_file() and adapter_digest(neighbour / "adapter") == digest:
            return neighbour
    return None


def _config(training: Path) -> Mapping[str, Any]:
    path = training / _CONFIG if training.is_dir() else training
    try:
        return tomllib.loads(file_bytes(path, _MOST_CONFIG).decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise BadInput(f"{path} is no training's config.toml", "check --training") from None
