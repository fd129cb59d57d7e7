"""What stands before the cards: what was asked, the numbers, and the failures by reason."""

from __future__ import annotations

from typing import Any

from storypainter.report.cards import dimension_class
from storypainter.report.making import MODES, facts_list
from storypainter.report.markup import Child, Html, el, place
from storypainter.report.numbers import Numbers
from storypainter.report.pictures import Stock
from storypainter.report.reading import Question
from storypainter.report.words import NBSP, counted, money, shortened, spread, tokens
from storypainter.score import Score
from storypainter.story import Dimension

#: The bar at the top names at most so many stories.
_MAX_JUMPS = 150


def masthead(question: Question, numbers: Numbers, name: str) -> Html:
    """Title, what was asked in a sentence, and when."""
    theme = shortened(question.brief_text("theme"), 120)
    started = question.started
    return el(
        "header",
        el("p", "storypainter", cls="brand"),
        el("h1", theme or "One-picture stories", dir="auto"),
        el("p", _deck(question, numbers), cls="deck"),
        el(
            "p",
            el("span", "Run "),
            el("span", shortened(name, 80), dir="auto"),
            [
                ", asked on ",
                el("time", f"{started:%d %B %Y, %H:%M} UTC", datetime=started.isoformat()),
            ]
            if started
            else None,
            f", storypainter {shortened(question.version, 40)}",
            cls="dateline",
        ),
        cls="masthead",
    )


def _deck(question: Question, numbers: Numbers) -> Child:
    told = shortened(question.text("storyteller"), 120) or "a storyteller unknown"
    parts: list[Child] = [
        counted(question.n, "story", "stories"),
        ", told by ",
        el("strong", told, dir="auto"),
        _mode_words(question, numbers),
    ]
    if question.paints:
        parts += [
            ", painted by ",
            el("strong", shortened(question.text("painter"), 120), dir="auto"),
        ]
    return [*parts, "." if question.paints else ", not painted."]


def _mode_words(question: Question, numbers: Numbers) -> str:
    modes = [MODES[mode] for mode in sorted(numbers.modes)]
    if not modes and question.text("mode") in MODES:
        modes = [MODES[question.text("mode")]]
    return f" ({', '.join(modes)})" if modes else ""


# -------------------------------------------------------------------------- numbers


def figures(numbers: Numbers) -> Html:
    """The run's numbers, each with its small print."""
    asked = numbers.question
    tiles = [_tile("Stories written", f"{numbers.stories:,}", f"of {asked.n:,} asked for")]
    if asked.paints:
        of = f"of {counted(numbers.stories, 'story', 'stories')} written"
        tiles.append(_tile("Pictures painted", f"{numbers.pictures:,}", of))
    tiles += [
        _score_tile("Success Rate", numbers.success_rate, " %"),
        _score_tile("Words a story, mean", numbers.mean_words, ""),
        _tile("Tokens", *tokens(numbers.ledger)),
        _tile("Money", *money(numbers.ledger)),
    ]
    return el(
        "section",
        el("h2", "In numbers", id="numbers"),
        el("dl", tiles, cls="figures"),
        cls="numbers",
        aria_labelledby="numbers",
    )


def _tile(name: str, value: str, small: str, *, absent: bool = False) -> Html:
    return el(
        "div",
        el("dt", name),
        el("dd", value, cls="value absent" if absent else "value"),
        el("dd", small, cls="small") if small else None,
    )


def _score_tile(name: str, score: Score, unit: str) -> Html:
    if score.value is None:
        return _tile(name, "none", score.absent or "", absent=True)
    return _tile(name, f"{score.value:.1f}{unit}", spread(score))


def dimensions(numbers: Numbers) -> Html | None:
    """How many Chains there are in each Dimension; ``None`` when no story has any."""
    if not numbers.with_chains:
        return None
    total = sum(numbers.chains.values())
    return el(
        "section",
        el("h2", "Chains by Dimension", id="dimensions"),
        el(
            "ul",
            [
                el(
                    "li",
                    el("span", each.label),
                    el("strong", f"{numbers.chains[each]:,}"),
                    cls=dimension_class(each),
                )
                for each in Dimension
            ],
            cls="legend",
        ),
        el(
            "p",
            f"{counted(total, 'Chain')} in {counted(numbers.with_chains, 'story', 'stories')}: "
            f"{total / numbers.with_chains:.1f} a story that has any "
            f"(n{NBSP}={NBSP}{numbers.with_chains:,}).",
            cls="small",
        ),
        aria_labelledby="dimensions",
    )


def failures(numbers: Numbers) -> Html | None:
    """Failures by reason; ``None`` when there are none."""
    if not numbers.reasons:
        return None
    rows = [
        el(
            "tr",
            el("th", kind, scope="row", dir="auto"),
            el("td", step),
            el("td", f"{n:,}", cls="count"),
        )
        for (step, kind), n in numbers.reasons.most_common()
    ]
    head = [el("th", name, scope="col") for name in ("Reason", "Step", "Items")]
    return el(
        "section",
        el("h2", "Failures by reason", id="failures"),
        el("table", el("thead", el("tr", head)), el("tbody", rows)),
        aria_labelledby="failures",
    )


def remarks(numbers: Numbers, stock: Stock, *, linked: bool) -> Html | None:
    """What a reader must know of this page: what it leaves out, and why."""
    lines: list[str] = []
    question = numbers.question
    if question.earlier:
        lines.append(
            f"This folder also holds {counted(question.earlier, 'earlier question')}. The page "
            "shows the current one; tokens and money are those of the whole folder."
        )
    if numbers.waiting:
        lines.append(
            f"{counted(numbers.waiting, 'item is', 'items are')} still to be done. "
            "The command that made the run goes on with them."
        )
    if stock.gone:
        lines.append(
            f"{counted(stock.gone, 'recorded picture is', 'recorded pictures are')} "
            "not in the run folder or can't be shown; storypainter runs verify says which."
        )
    if linked:
        size = stock.bytes / (1024 * 1024)
        lines.append(
            f"The run has {counted(stock.files, 'picture')} ({size:,.0f} MB), too many to carry. "
            "This page shows the files in the run folder: keep it where it is, or pass the "
            "whole folder on."
        )
    if not lines:
        return None
    return el("aside", [el("p", line) for line in lines], cls="remarks", role="note")


# ---------------------------------------------------------------------- what was asked


def asked(question: Question) -> Html:
    """Every setting with its origin, folded away, and those that were chosen above."""
    chosen: list[tuple[str, Child]] = []
    rows: list[Html] = []
    for name, value in {**question.settings, **question.brief}.items():
        if name == "brief" or value in ("", None, []):
            continue
        shown = shortened(_shown(value), 600)
        origin = question.origin(name)
        rows.append(
            el(
                "tr",
                el("th", shortened(name, 60), scope="row"),
                el("td", shown, dir="auto"),
                el("td", origin),
            )
        )
        if origin != "default" and name not in ("n", "storyteller", "painter"):
            chosen.append((shortened(name, 60).replace("_", " "), shown))
    head = [el("th", name, scope="col") for name in ("Setting", "Value", "From")]
    return el(
        "section",
        el("h2", "What was asked", id="asked"),
        facts_list(chosen) if chosen else el("p", "Nothing in particular: all defaults."),
        el(
            "details",
            el("summary", "All settings"),
            el("table", el("thead", el("tr", head)), el("tbody", rows)),
            el("p", el("code", shortened(question.command, 2000)), cls="command"),
        ),
        cls="asked",
        aria_labelledby="asked",
    )


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


# ----------------------------------------------------------------------- navigation


def bar(numbers: Numbers, items: list[tuple[int, str]]) -> Html:
    """The bar that stays at the top: the way back, the filter, and jumps to the stories.

    Args:
        numbers: of the run.
        items: (index, status) of each card.
    """
    step = max(1, -(-len(items) // _MAX_JUMPS))
    jumps = [
        el(
            "a",
            str(index + 1),
            href=place(f"s{index + 1}"),
            cls=status,
            aria_label=f"story {index + 1}" + (f", {status}" if status != "done" else ""),
        )
        for index, status in items[::step]
    ]
    mixed = 0 < numbers.failed < len(items)
    return el(
        "nav",
        el("a", "Contents", href=place("contents"), cls="home"),
        _filter() if mixed else None,
        el("div", jumps, cls="jumps"),
        cls="bar",
        aria_label="Stories",
    )


def _filter() -> Html:
    choices = (("all", "All"), ("whole", "Done"), ("broken", "Failed"))
    return el(
        "span",
        [
            (
                el(
                    "input",
                    type="radio",
                    name="show",
                    id=f"only-{name}",
                    cls="choice",
                    checked=name == "all",
                ),
                el("label", text, for_=f"only-{name}"),
            )
            for name, text in choices
        ],
        cls="filter",
        role="radiogroup",
        aria_label="Which stories to show",
    )
