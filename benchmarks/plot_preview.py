"""What an author of events looks at: plots that hold an event, with their pictures and words.

    python benchmarks/plot_preview.py OUT --event wind_takes_it -n 3
    python benchmarks/plot_preview.py OUT --event wind_takes_it --setting park --seed 7
    python benchmarks/plot_preview.py OUT --family caught -n 2       # every event of events/caught.toml
    python benchmarks/plot_preview.py OUT -n 8                       # plots as they come

Writes OUT/sheet.png (a plot a row, at ``--size`` pixels; look at it at 112 as well) and OUT/plots.md.
``--no-pictures`` writes the words only, ``--events FOLDER`` reads events from another folder. Lines with ``>`` are
the painter's reports: something is hidden, or a hand stops short of its thing.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator
from pathlib import Path

from storypainter.errors import StorypainterError
from storypainter.planner.locales import localised
from storypainter.planner.plots.checking import check
from storypainter.planner.plots.dealing import Wishes, containing, deal
from storypainter.planner.plots.draft import Draft
from storypainter.planner.plots.planning import plot_of
from storypainter.planner.plots.plot import Plot
from storypainter.planner.plots.reading import Stock, own_stock, read_stock
from storypainter.planner.plots.replaying import problems
from storypainter.planner.reading import own_worlds


def drafts(stock: Stock, options: argparse.Namespace) -> Iterator[Draft]:
    """The plots that are asked for."""
    worlds = localised(own_worlds(), None)
    wanted = [options.event] if options.event else []
    if options.family:
        wanted = [each for each in stock.events if stock.family[each] == options.family]
        if not wanted:
            raise SystemExit(f"no family {options.family!r}: it is the name of a file of events")
    for event in wanted:
        if event not in stock.events:
            raise SystemExit(f"no event {event!r}")
        found = list(containing(stock, worlds, event, options.setting, options.n, options.seed))
        if not found:
            print(
                f"{event}: in no plot{' in ' + options.setting if options.setting else ''}: does some "
                "event give what it needs, and (unless it ends the plot, or is vain) need what it gives?"
            )
        yield from found
    if not wanted:
        wishes = Wishes((options.setting,) if options.setting else ())
        for index in range(options.n):
            yield deal(stock, worlds, options.seed, index, wishes)


def written(plot: Plot) -> str:
    """A plot's words, as Markdown."""
    lines = [f"## {plot.title} ({plot.setting}: {', '.join(m.what for m in plot.moments)})", ""]
    for number, moment in enumerate(plot.moments):
        because = [f"{c.cause + 1}: {c.because}" for c in plot.causes if c.effect == number]
        shown = [f"{d.character}: {d.action} ({d.emotion})" for d in moment.shown]
        lines += [
            f"{number + 1}. {moment.part}",
            f"   - caption: {moment.caption}",
            f"   - event: {moment.event}",
            f"   - shown: {'; '.join(shown)}",
            f"   - because: {'; '.join(because) or '-'}",
        ]
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--events", type=Path, help="another folder of events")
    parser.add_argument("--event", default="")
    parser.add_argument("--family", default="")
    parser.add_argument("--setting", default="")
    parser.add_argument("-n", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--no-pictures", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    words, rows = [], []
    try:
        stock = read_stock(options.events) if options.events else own_stock()
        check(stock, own_worlds())
        for number, draft in enumerate(drafts(stock, options)):
            plot = plot_of(draft, str(number))
            words.append(written(plot))
            words += [f"!! {each}" for each in problems(draft)]
            if not options.no_pictures:
                from storypainter.ink.series import draw_story

                drawn = draw_story([m.scene for m in plot.moments], size=options.size, seed=number)
                rows.append([each.png for each in drawn])
                for moment, each in zip(plot.moments, drawn, strict=True):
                    words += [f"> {moment.what}: {report}" for report in each.reports]
    except StorypainterError as error:
        raise SystemExit(f"{error}") from None
    text = "\n".join(words) + "\n"
    (options.out / "plots.md").write_text(text, "utf-8")
    print(text)
    if rows:
        _sheet(rows, options.size, options.out / "sheet.png")


def _sheet(rows: list[list[bytes]], size: int, out: Path) -> None:
    from PIL import Image

    sheet = Image.new("RGB", (max(map(len, rows)) * (size + 4), len(rows) * (size + 4)), "white")
    for y, row in enumerate(rows):
        for x, png in enumerate(row):
            with Image.open(io.BytesIO(png)) as picture:
                sheet.paste(picture.convert("RGB"), (x * (size + 4), y * (size + 4)))
    sheet.save(out)


if __name__ == "__main__":
    main()
