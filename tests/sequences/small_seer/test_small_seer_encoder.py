from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from squares import SHAPES, shelf_of, tiny_encoder

from storypainter.errors import BadInput
from storypainter.sequences.small_seer.encoder import (
    NOTHING,
    UNKNOWN,
    EncoderSettings,
    as_input,
    by_attribute,
    classes_of,
    codes,
    features,
    make_encoder,
    make_heads,
    read_encoder,
    save,
)

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_a_picture_becomes_tokens_of_the_asked_width(shape: EncoderSettings) -> None:
    encoder = make_encoder(shape).eval()
    found = features(encoder, as_input(shelf_of(3).pixels))
    assert tuple(found.shape) == (3, shape.tokens**2, shape.width)


def test_the_usual_encoder_has_four_to_seven_million_weights() -> None:
    count = sum(each.numel() for each in make_encoder(EncoderSettings()).parameters())
    assert 4e6 < count < 7e6


def test_pixels_go_in_from_minus_one_to_one() -> None:
    given = as_input(np.array([[[[0, 255, 51]]]], np.uint8))
    assert given.flatten().tolist() == pytest.approx([-1, 1, -0.6])


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 33},
        {"width": 100},
        {"layers": (2, 2)},
        {"architecture": "siglip", "layers": (2, 2, 6)},
        {"architecture": "siglip", "layers": (2,), "size": 141},
    ],
)
def test_sizes_that_do_not_fit(wrong) -> None:
    with pytest.raises(BadInput, match="can't be made"):
        make_encoder(EncoderSettings(**wrong))


def test_classes_are_the_words_that_come_up_often_enough() -> None:
    whole = [{"place": "park"}] * 3 + [{"place": "pier"}] * 2 + [{"place": "farm"}]
    elements = [[{"kind": "person", "what": "girl"}, {"kind": "person", "what": "boy"}]] * 2
    found = classes_of(whole, elements, least=2)
    assert found.whole == {"place": ("park", "pier")}
    assert found.parts == {"kind": ("person", NOTHING), "what": ("boy", "girl")}
    told = codes([{"what": "girl"}, {"what": "cow", "kind": "person"}], found.parts)
    assert told.tolist() == [[UNKNOWN, 1], [0, UNKNOWN]]


def test_without_any_word_there_is_nothing_to_learn() -> None:
    with pytest.raises(BadInput, match="nothing to learn"):
        classes_of([{}, {}], [[]], least=1)


def test_heads_are_split_by_attribute() -> None:
    classes = classes_of([], [[{"kind": "person", "what": w} for w in "aabbcc"]], least=2)
    heads = make_heads(classes, 8)
    found = by_attribute(heads["parts"](torch.zeros(2, 5, 8)), classes.parts)
    assert [tuple(each.shape) for each in found] == [(2, 5, 2), (2, 5, 3)]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_what_was_saved_is_read(shape: EncoderSettings, tmp_path: Path) -> None:
    shelf = shelf_of(6)
    classes = classes_of(shelf.whole, shelf.elements, least=1)
    encoder, heads = make_encoder(shape).eval(), make_heads(classes, shape.width)
    spread = torch.arange(shape.width).float(), torch.ones(shape.width)
    save(tmp_path / "e", encoder, heads, classes, spread)
    found = read_encoder(tmp_path / "e")
    given = as_input(shelf.pixels)
    assert torch.equal(features(found.encoder, given), features(encoder, given))
    assert torch.equal(found.heads["whole"][1].weight, heads["whole"][1].weight)
    assert found.classes == classes
    assert (found.size, found.tokens, found.width) == (shape.size, shape.tokens, shape.width)
    assert torch.equal(found.mean, spread[0])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "e"
    tiny_encoder(folder)
    return folder


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("classes.json", b"{"),
        ("classes.json", b'{"whole": {}, "parts": {}}'),
        ("heads.safetensors", b"12345678"),
        ("encoder/config.json", b"{}"),
        ("encoder/model.safetensors", b"12345678"),
    ],
)
def test_a_damaged_encoder_is_refused(name: str, data: bytes, tmp_path: Path, whole: Path) -> None:
    shutil.copytree(whole, tmp_path / "e")
    (tmp_path / "e" / name).write_bytes(data)
    with pytest.raises(BadInput, match="no encoder that was trained here"):
        read_encoder(tmp_path / "e")


def test_no_encoder_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="small-seer encode"):
        read_encoder(tmp_path)
