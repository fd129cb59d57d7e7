from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from squares import GRID, SIZE, square

from storypainter.errors import BadInput
from storypainter.picture import Region
from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.sets import keep_picture, write_set
from storypainter.sequences.small_seer import pieces
from storypainter.sequences.small_seer.shelf import fill, read_shelf


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Pieces of ten pictures, each a square; the numbers of those that were drawn."""
    drawn: list[int] = []

    def draw(scene: object, seed: int, size: int, grid: int):
        drawn.append(seed)
        if seed == 13:
            raise BadInput("no such word")
        return square(seed)

    monkeypatch.setattr(pieces, "PIECE", 10)
    monkeypatch.setattr(pieces, "drawn", draw)
    monkeypatch.setattr("storypainter.planner.plan", lambda seed, index: Planned())
    return drawn


class Planned:
    scene = None


def filled(folder: Path, pictures: int = 25, **wishes: object) -> dict:
    return fill(folder, items=pictures, source="plans", size=SIZE, grid=GRID, workers=1, **wishes)


def test_pictures_are_drawn_read_and_one_of_eleven_held_out(quick, tmp_path: Path) -> None:
    made = filled(tmp_path / "shelf")
    assert (made["kept"], made["held_out"], made["left_out"]) == (24, 2, {"no such word": 1})
    found = read_shelf(tmp_path / "shelf")
    assert len(found) == 24
    assert (found.pixels[5] == square(5).pixels).all()
    assert (found.owner[5] == square(5).owner).all()
    assert found.whole[5] == square(5).whole
    assert found.elements[5] == square(5).elements
    apart = found.part(held_out=True)
    assert len(apart) + len(found.part(held_out=False)) == len(found)
    assert (apart.pixels[0] == square(10).pixels).all()


def test_pictures_of_every_setting_are_held_out() -> None:
    from storypainter.planner.plots import plan_plot

    def settings(numbers: range) -> set[str]:
        return {plan_plot(0, number).moments[0].scene.setting.kind for number in numbers}

    every = settings(range(24))
    assert len(every) == 24
    assert settings(range(pieces.HELD_OUT - 1, pieces.HELD_OUT * 24, pieces.HELD_OUT)) == every


def test_only_what_is_missing_is_drawn_again(quick, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    filled(folder)
    before = read_shelf(folder)
    (folder / "piece-00001.npz").unlink()
    quick.clear()
    filled(folder)
    assert quick == list(range(10, 20))
    assert (read_shelf(folder).pixels == before.pixels).all()


def test_other_wishes_need_another_folder(quick, tmp_path: Path) -> None:
    filled(tmp_path / "shelf")
    with pytest.raises(BadInput, match="other wishes"):
        filled(tmp_path / "shelf", seed=1)


def test_several_shelves_are_read_as_one(quick, tmp_path: Path) -> None:
    filled(tmp_path / "a")
    filled(tmp_path / "b", 5, seed=1)
    assert len(read_shelf(tmp_path / "a", tmp_path / "b")) == 29


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        ({"items": 0}, "0 plots"),
        ({"items": 2, "size": 30}, "30 pixels"),
        ({"items": 2, "size": 33}, "grid"),
        ({"items": 2, "grid": 128}, "grid"),
    ],
)
def test_wishes_out_of_range(wishes, words, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=words):
        fill(tmp_path / "shelf", **{"size": SIZE, "grid": GRID, **wishes})
    assert not (tmp_path / "shelf").exists()


def test_a_folder_that_is_not_finished(quick, tmp_path: Path) -> None:
    filled(tmp_path / "shelf")
    (tmp_path / "shelf" / "pictures.json").unlink()
    with pytest.raises(BadInput, match="no finished folder"):
        read_shelf(tmp_path / "shelf")


@pytest.mark.parametrize("text", ["{", "[]", '{"items": "many"}', '{"items": 3}'])
def test_a_damaged_manifest(text, quick, tmp_path: Path) -> None:
    filled(tmp_path / "shelf")
    (tmp_path / "shelf" / "pictures.json").write_text(text)
    with pytest.raises(BadInput, match=r"pictures\.json"):
        read_shelf(tmp_path / "shelf")


def test_a_damaged_piece_is_named(quick, tmp_path: Path) -> None:
    filled(tmp_path / "shelf")
    (tmp_path / "shelf" / "piece-00001.npz").write_bytes(b"PK nothing")
    with pytest.raises(BadInput, match="piece-00001"):
        read_shelf(tmp_path / "shelf")


def test_a_piece_with_pickled_code_is_not_opened(quick, tmp_path: Path) -> None:
    filled(tmp_path / "shelf")
    buffer = io.BytesIO()
    np.savez(buffer, pixels=np.array([{"a": 1}], dtype=object))
    (tmp_path / "shelf" / "piece-00000.npz").write_bytes(buffer.getvalue())
    with pytest.raises(BadInput, match="piece-00000"):
        read_shelf(tmp_path / "shelf")


def set_of(folder: Path, **parts: int) -> Path:
    """A set whose pictures are half red, where the girl stands."""
    made = {}
    for part, count in parts.items():
        rows = []
        for at in range(count):
            image = Image.new("RGB", (64, 64), (0, 0, len(part) * 10 + at))
            image.paste((255, 0, 0), (0, 0, 32, 64))
            buffer = io.BytesIO()
            image.save(buffer, "PNG")
            picture = keep_picture(folder, buffer.getvalue(), "image/png", (64, 64), "ink")
            ring = ((0, 0), (32, 0), (32, 64), (0, 64))
            region = Region(
                element="ann", kind="person", box=(0, 0, 32, 64), polygons=(ring,), visible=1,
                side="left", quadrant="top left",
            )  # fmt: skip
            frame = Frame(
                picture=picture.model_copy(update={"regions": (region,)}),
                place="the park",
                shown=(Depiction(character="ann", action="runs", emotion="happy"),),
            )
            rows.append(
                Sequence(
                    id=f"{part}{at}",
                    kind="generated",
                    source=f"{part}{at}",
                    characters=(Character(id="ann", name="the girl", role="girl"),),
                    frames=(frame,),
                )
            )
        made[part] = rows
    write_set(folder, made)
    return folder


def test_a_set_gives_its_training_part_and_holds_its_validation_part_out(tmp_path: Path) -> None:
    given = set_of(tmp_path / "set", train=3, validation=1, test=2)
    made = fill(tmp_path / "shelf", sequences=given, size=SIZE, grid=GRID, workers=1)
    assert (made["kept"], made["held_out"], made["left_out"]) == (4, 1, {})
    found = read_shelf(tmp_path / "shelf")
    assert found.elements[0] == (
        {"kind": "person", "what": "girl", "verb": "runs", "action": "runs", "emotion": "happy"},
    )
    assert (found.owner[:, :, : GRID // 2] == 0).all()
    assert (found.owner[:, :, GRID // 2 :] == -1).all()


def test_a_set_that_was_changed_needs_another_folder(tmp_path: Path) -> None:
    given = set_of(tmp_path / "set", train=2, validation=1)
    fill(tmp_path / "shelf", sequences=given, size=SIZE, grid=GRID, workers=1)
    set_of(given, train=3, validation=1)
    with pytest.raises(BadInput, match="other wishes"):
        fill(tmp_path / "shelf", sequences=given, size=SIZE, grid=GRID, workers=1)


def test_a_damaged_picture_of_a_set_is_left_out_with_its_reason(tmp_path: Path) -> None:
    given = set_of(tmp_path / "set", train=2, validation=1)
    row = json.loads((given / "train.jsonl").read_text().splitlines()[0])
    (given / row["frames"][0]["picture"]["file"]).write_bytes(b"nothing")
    made = fill(tmp_path / "shelf", sequences=given, size=SIZE, grid=GRID, workers=1)
    assert made["kept"] == 2
    (reason,) = made["left_out"]
    assert "another hash" in reason


def test_a_set_without_a_sequence_to_learn_from(tmp_path: Path) -> None:
    given = set_of(tmp_path / "set", test=2)
    with pytest.raises(BadInput, match="no sequence to learn from"):
        fill(tmp_path / "shelf", sequences=given, size=SIZE, grid=GRID)


@pytest.mark.slow
def test_a_real_plot_by_two_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = fill(tmp_path / "shelf", items=1, size=140, grid=28, workers=2)
    assert 3 <= made["kept"] <= 6
    found = read_shelf(tmp_path / "shelf")
    assert all({"setting", "place", "event"} <= set(each) for each in found.whole)
    assert any("action" in one for some in found.elements for one in some)
