"""Whether a reader who knows nothing of the board reads what was to be written on it."""

from __future__ import annotations

import pytest

from storypainter.ink.boards.kinds import KINDS, Board
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import Frame
from storypainter.ink.drawing.palette import Style
from storypainter.ink.drawing.render import to_png

BY_WORD = {kind.word: kind for kind in KINDS}
SAMPLES = [
    ("sign", "Mind the gap between train and door", "flat"),
    ("poster", "Grand opening on Saturday at noon", "flat"),
    ("note", "Back at 5", "mono"),
    ("street sign", "ORCHARD ROAD", "flat"),
    ("blackboard", "Please do not feed the old parrot: it tells all your secrets", "line"),
    ("screen", "Platform 9 to London delayed", "mono"),
]


def _errors(read: str, written: str) -> int:
    """How many characters must be added, left out or exchanged (Levenshtein)."""
    row = list(range(len(written) + 1))
    for i, one in enumerate(read, 1):
        new = [i]
        for j, other in enumerate(written, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (one != other)))
        row = new
    return row[-1]


@pytest.mark.slow
def test_ocr_reads_nearly_all_characters():
    ocr = pytest.importorskip("rapidocr_onnxruntime", reason="the extra [ocr] is not installed")
    reader = ocr.RapidOCR()
    wrong = total = 0
    for word, text, style in SAMPLES:
        canvas = Canvas(1024, 1024, Style(style), 1, "#dfe6d6")
        with canvas.layer("board", 1):
            BY_WORD[word].draw(canvas.pen(Frame(512, 900, 2.05)), Board(text))
        # Without the classifier of upside-down text, which turns "No dogs" into "sbop on".
        found, _ = reader(to_png(canvas.to_svg()), use_cls=False)
        lines = sorted(found or [], key=lambda each: (round(each[0][0][1] / 14), each[0][0][0]))
        read = "".join("".join(each[1].split()) for each in lines).lower()
        written = "".join(text.split()).lower()
        wrong += min(len(written), _errors(read.replace("：", ":"), written))
        total += len(written)
    assert wrong <= 0.03 * total
