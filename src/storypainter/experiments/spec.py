"""Experiment files: TOML that names rows, columns and evaluators, read and checked as a whole.

What can be known to be wrong is refused here with the file and the row, before anything is
called: an unknown key, setting, model provider, evaluator, column, plot or published row.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

from storypainter.errors import BadInput, StorypainterError
from storypainter.experiments.asked import Experiment, Plot, Row
from storypainter.experiments.columns import BUILT_IN, Column
from storypainter.experiments.published import PublishedTable, published_table
from storypainter.models.catalog import parse_address
from storypainter.settings import BRIEF_FIELDS, EvaluationSpec, RunSpec

PACKAGE = "storypainter.experiments"
KINDS = ("rows", "diversity_validation")
PLOTS = ("dimension_bars", "dimension_panels", "scatter")

_TOP = (
    "title", "kind", "preset", "published", "columns", "column", "defaults", "evaluation",
    "rows", "plots", "compare", "validation", "shown",
)  # fmt: skip
_SETTINGS = tuple(n for n in (*RunSpec.model_fields, *BRIEF_FIELDS) if n != "brief")
#: Keys of a row that are no settings of a run.
_OF_ROWS = (
    "name", "label", "published", "not_runnable", "stories", "told_to", "pictures", "texts",
    "ids", "ratings", "top_human", "not_applicable",
)  # fmt: skip
_VALIDATION = ("levels", "size", "repetition", "groups", "ratings")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def names() -> tuple[str, ...]:
    """The experiments that come with storypainter."""
    found = (each.name for each in (files(PACKAGE) / "files").iterdir())
    return tuple(sorted(name[:-5] for name in found if name.endswith(".toml")))


def read_experiment(source: str, *, n: int | None = None, base_url: str = "") -> Experiment:
    """Read an experiment by its name or from a file.

    Args:
        source: one of :func:`names`, or the path of a TOML file.
        n: so many stories in every row, whatever the file says.
        base_url: a server for every row and judge that names none.

    Raises:
        BadInput: see the module's head.
    """
    path = Path(source)
    if source in names():
        text, name, shown = (
            (files(PACKAGE) / "files" / f"{source}.toml").read_bytes(),
            source,
            source,
        )
    elif path.suffix == ".toml" or path.is_file():
        try:
            text, name, shown = path.read_bytes(), path.stem, path.name
        except OSError as error:
            raise BadInput(
                f"{source} can't be read: {(error.strerror or 'no').lower()}",
                f"name a TOML file, or one of {', '.join(names())}",
            ) from None
    else:
        close = difflib.get_close_matches(source, names(), n=1)
        guess = f"did you mean {close[0]}? " if close else ""
        raise BadInput(
            f"no experiment {source!r}", f"{guess}name a TOML file, or one of {', '.join(names())}"
        )
    try:
        plain = tomllib.loads(text.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{shown} is not valid TOML: {error}", "correct the file") from None
    return _experiment(plain, _slug(name), shown, n, base_url)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-.") or "experiment"


def _experiment(
    plain: Mapping[str, Any], name: str, file: str, n: int | None, base_url: str
) -> Experiment:
    _known(plain, _TOP, file)
    kind = str(plain.get("kind", "rows"))
    if kind not in KINDS:
        _refuse(file, f"unknown kind {kind!r}", kind, KINDS)
    preset = _preset(str(plain.get("preset", "")), file)
    evaluation = {**preset["evaluation"], **_table(plain, "evaluation", file)}
    _known(evaluation, tuple(EvaluationSpec.model_fields), f"{file}, [evaluation]")
    defaults = {**preset["defaults"], **_table(plain, "defaults", file)}
    _known(defaults, _SETTINGS, f"{file}, [defaults]")
    if base_url:
        evaluation.setdefault("base_url", base_url)
        defaults.setdefault("base_url", base_url)
    columns = _columns(plain, file)
    published = published_table(str(plain.get("published", "")), file)
    override = {} if n is None else {"n": n}
    rows = tuple(
        _row(each, number, defaults, override, columns, published, file)
        for number, each in enumerate(_list(plain, "rows", file), start=1)
    )
    _check_rows(rows, kind, file)
    validation = _table(plain, "validation", file)
    _known(validation, _VALIDATION, f"{file}, [validation]")
    experiment = Experiment(
        name=name,
        title=str(plain.get("title", name)),
        kind=kind,
        rows=rows,
        columns=columns,
        evaluation=evaluation,
        published=published,
        plots=tuple(_plot(each, columns, file) for each in _list(plain, "plots", file)),
        compare=_compare(plain.get("compare", ()), rows, file),
        validation=validation,
        shown=int(plain.get("shown", 2)),
        preset=str(plain.get("preset", "")),
    )
    try:
        _ = experiment.evaluators
        for key in ("seer", "rubric", "key_points", "summariser", "embedder", "judge"):
            address = str(evaluation.get(key, ""))
            if address and address not in ("chains", "lexical", "offline", "wordllama"):
                parse_address(address)
    except StorypainterError as error:
        raise BadInput(f"{file}, [evaluation]: {error.message}", error.hint) from None
    return experiment


def _row(
    plain: Any,
    number: int,
    defaults: Mapping[str, Any],
    override: Mapping[str, Any],
    columns: tuple[Column, ...],
    published: PublishedTable | None,
    file: str,
) -> Row:
    if not isinstance(plain, dict):
        raise BadInput(f"{file}, row {number}: not a table", "write [[rows]]")
    name = str(plain.get("name", "")).strip()
    where = f"{file}, row {name or number}"
    if not _NAME.fullmatch(name):
        raise BadInput(
            f"{where}: a name is lower-case letters, digits, dots and dashes",
            'write name = "gpt-4o-naive"',
        )
    _known(plain, (*_OF_ROWS, *_SETTINGS), where)
    settings = {**defaults, **{k: v for k, v in plain.items() if k not in _OF_ROWS}, **override}
    for key in ("storyteller", "painter", "director"):
        address = str(settings.get(key, ""))
        if address and address not in ("none", "lexicon"):
            try:
                parse_address(address)
            except StorypainterError as error:
                raise BadInput(f"{where}, {key}: {error.message}", error.hint) from None
    told = [key for key in ("stories", "pictures", "not_runnable") if plain.get(key)]
    if len(told) > 1 or ("storyteller" in plain and told and told != ["not_runnable"]):
        raise BadInput(
            f"{where}: {' and '.join(told)} exclude each other and a storyteller", "keep one"
        )
    if bool(plain.get("pictures")) != bool(plain.get("texts")):
        raise BadInput(f"{where}: pictures and texts belong together", "name both, or neither")
    if plain.get("told_to") and not plain.get("stories"):
        raise BadInput(f"{where}: told_to is about given stories", "add stories, or drop it")
    if plain.get("top_human") and not plain.get("ratings"):
        raise BadInput(f"{where}: top_human needs people's ratings", 'add ratings = "FILE.csv"')
    of_paper = str(plain.get("published", ""))
    if of_paper and (published is None or published.row(of_paper) is None):
        known = () if published is None else tuple(row.id for row in published.rows)
        _refuse(where, f"no published row {of_paper!r}", of_paper, known)
    reasons = plain.get("not_applicable", {})
    if not isinstance(reasons, dict):
        raise BadInput(f"{where}: not_applicable maps columns to reasons", "write a table")
    _known(reasons, tuple(c.key for c in columns), f"{where}, not_applicable")
    return Row(
        name=name,
        label=str(plain.get("label", name)),
        settings=settings,
        published=of_paper,
        top_human=_count(plain.get("top_human", 0), f"{where}, top_human"),
        not_applicable={key: str(value) for key, value in reasons.items()},
        **{
            key: str(plain.get(key, ""))
            for key in ("not_runnable", "stories", "told_to", "pictures", "texts", "ids", "ratings")
        },
    )


def _check_rows(rows: tuple[Row, ...], kind: str, file: str) -> None:
    if kind == "rows" and not rows:
        raise BadInput(f"{file}: no rows", "add [[rows]]")
    if kind != "rows" and rows:
        raise BadInput(f"{file}: {kind} has no rows of its own", "drop [[rows]]")
    seen: set[str] = set()
    for row in rows:
        if row.name in seen:
            raise BadInput(f"{file}, row {row.name}: the name is used twice", "rename one")
        seen.add(row.name)
        _count(row.settings.get("n", 1), f"{file}, row {row.name}, n", least=1)


def _columns(plain: Mapping[str, Any], file: str) -> tuple[Column, ...]:
    own: dict[str, Column] = {}
    for each in _list(plain, "column", file):
        where = f"{file}, column {each.get('key', '?')}"
        _known(each, ("key", "label", "evaluator", "score", "kind", "scale", "digits"), where)
        if not each.get("key") or not each.get("evaluator") or not each.get("score"):
            raise BadInput(f"{where}: key, evaluator and score are needed", "add them")
        own[str(each["key"])] = Column(
            key=str(each["key"]),
            label=str(each.get("label", each["key"])),
            evaluator=str(each["evaluator"]),
            scores=(str(each["score"]),),
            kind=str(each.get("kind", "mean")),
            scale=float(each.get("scale", 1.0)),
            digits=int(each.get("digits", 3)),
        )
        if own[str(each["key"])].kind not in ("mean", "share", "set"):
            raise BadInput(f"{where}: kind is mean, share or set", "correct it")
    known = {**BUILT_IN, **own}
    asked = plain.get("columns", list(own))
    if not isinstance(asked, list):
        raise BadInput(f"{file}: columns must be a list", 'write columns = ["words"]')
    for key in asked:
        if key not in known:
            _refuse(file, f"unknown column {key!r}", str(key), tuple(known))
    return tuple(known[key] for key in dict.fromkeys(asked))


def _plot(plain: Any, columns: tuple[Column, ...], file: str) -> Plot:
    where = f"{file}, [[plots]]"
    _known(plain, ("kind", "title", "column", "x", "y"), where)
    plot = Plot(**{k: str(v) for k, v in {"kind": "", "title": "", **plain}.items()})
    if plot.kind not in PLOTS:
        _refuse(where, f"unknown kind {plot.kind!r}", plot.kind, PLOTS)
    for key in (plot.x, plot.y) if plot.kind == "scatter" else (plot.column,):
        if key not in {c.key for c in columns}:
            _refuse(where, f"unknown column {key!r}", key, tuple(c.key for c in columns))
    return plot


def _compare(plain: Any, rows: tuple[Row, ...], file: str) -> tuple[tuple[str, str], ...]:
    known = tuple(row.name for row in rows)
    found = []
    for pair in plain:
        if not isinstance(pair, list) or len(pair) != 2:
            raise BadInput(f"{file}: compare is a list of pairs of rows", 'write [["a", "b"]]')
        for name in pair:
            if name not in known:
                _refuse(f"{file}, compare", f"no row {name!r}", str(name), known)
        found.append((str(pair[0]), str(pair[1])))
    return tuple(found)


def _preset(name: str, file: str) -> dict[str, dict[str, Any]]:
    if not name:
        return {"defaults": {}, "evaluation": {}}
    presets = tomllib.loads((files(PACKAGE) / "presets.toml").read_text("utf-8"))
    if name not in presets:
        _refuse(file, f"unknown preset {name!r}", name, tuple(presets))
    return {key: dict(presets[name].get(key, {})) for key in ("defaults", "evaluation")}


def _known(plain: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in plain:
        if key not in known:
            _refuse(where, f"unknown key {key!r}", key, known)


def _refuse(where: str, what: str, got: str, known: Iterable[str]) -> NoReturn:
    known = tuple(known)
    close = difflib.get_close_matches(got, known, n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(known) or 'none'}"
    raise BadInput(f"{where}: {what}", hint)


def _table(plain: Mapping[str, Any], key: str, file: str) -> dict[str, Any]:
    found = plain.get(key, {})
    if not isinstance(found, dict):
        raise BadInput(f"{file}: {key} must be a table", f"write [{key}]")
    return dict(found)


def _list(plain: Mapping[str, Any], key: str, file: str) -> list[Any]:
    found = plain.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise BadInput(f"{file}: {key} must be a list of tables", f"write [[{key}]]")
    return found


def _count(value: Any, where: str, least: int = 0) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise BadInput(f"{where}: {value!r} is no whole number of at least {least}", "correct it")
    return value
