from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from squares import SHAPES, shelf_of, tiny_encoder

from storypainter.errors import BadInput
from storypainter.sequences.small_seer import aligning
from storypainter.sequences.small_seer.aligning import said
from storypainter.sequences.small_seer.building import PLACEHOLDER, build
from storypainter.sequences.small_seer.encoder import as_input, features, read_encoder

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("trl")


@pytest.fixture(scope="module")
def fewer():
    """So few updates of the connector as a tiny one needs."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(aligning, "UPDATES", 100)
        patched.setattr(aligning, "LEARNING_RATE", 5e-3)
        patched.setattr(aligning, "PATCHES", 128)
        yield


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory, fewer: None) -> Path:
    from tiny_models import build_tiny_chat_model

    folder = tmp_path_factory.mktemp("parts")
    build_tiny_chat_model(folder / "base")
    for name, shape in SHAPES.items():
        tiny_encoder(folder / name, shape)
    return folder


@pytest.fixture(scope="module", params=list(SHAPES))
def built(request: pytest.FixtureRequest, parts: Path) -> tuple[Path, Path, dict]:
    out = parts / f"seer-{request.param}"
    made = build(parts / request.param, str(parts / "base"), out, shelf=shelf_of(48))
    return out, parts / request.param, made


def loaded(folder: Path):
    model = transformers.AutoModelForImageTextToText.from_pretrained(folder)
    return model.eval(), transformers.AutoProcessor.from_pretrained(folder)


def asked(pictures: int) -> list[dict]:
    images = [{"type": "image"}] * pictures
    return [{"role": "user", "content": [*images, {"type": "text", "text": "Tell the story."}]}]


def images(count: int):
    from PIL import Image

    return [Image.fromarray(each) for each in shelf_of(count).pixels]


def test_transformers_loads_it_and_it_answers(built) -> None:
    folder, _, made = built
    model, processor = loaded(folder)
    assert type(model).__name__ == "LlavaForConditionalGeneration"
    text = processor.apply_chat_template(asked(3), add_generation_prompt=True)
    assert [f"Picture {at}: {PLACEHOLDER}" in text for at in (1, 2, 3, 4)] == [True] * 3 + [False]
    given = processor(text=[text], images=[images(3)], return_tensors="pt")
    shown = given["input_ids"] == model.config.image_token_id
    assert int(shown.sum()) == 3 * made["tokens_a_picture"]
    with torch.inference_mode():
        answer = model.generate(**given, max_new_tokens=4, do_sample=False)
    assert answer.shape[1] > given["input_ids"].shape[1]
    assert model.config.image_seq_length == made["tokens_a_picture"]


def test_pictures_of_any_size_come_out_as_they_were_learnt_from(built) -> None:
    folder, encoder, _ = built
    model, processor = loaded(folder)
    seen = read_encoder(encoder)
    shelf = shelf_of(2)
    given = processor.image_processor(images=images(2), return_tensors="pt")["pixel_values"]
    assert torch.allclose(given, as_input(shelf.pixels), atol=1e-6)
    with torch.inference_mode():
        wanted = features(seen.encoder, as_input(shelf.pixels))
        wanted = model.model.multi_modal_projector(wanted)
        found = torch.stack(list(model.model.get_image_features(given).pooler_output))
    assert torch.allclose(found, wanted, atol=1e-5)


def test_it_reads_texts_as_its_language_model_does(built, parts: Path) -> None:
    folder, _, _ = built
    model, processor = loaded(folder)
    base = transformers.AutoModelForCausalLM.from_pretrained(parts / "base").eval()
    ids = processor.tokenizer("The baker waits at the pier.", return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        wanted, found = base(input_ids=ids).logits, model(input_ids=ids).logits
    assert torch.allclose(found[..., : wanted.shape[-1]], wanted, atol=1e-5)


def test_nobody_writes_a_placeholder(built) -> None:
    folder, _, _ = built
    model, processor = loaded(folder)
    number = processor.tokenizer.convert_tokens_to_ids(PLACEHOLDER)
    assert number == model.config.image_token_id
    assert not model.get_input_embeddings().weight[number].any()
    assert not model.lm_head.weight[number].any()


def test_answers_end_with_what_is_not_filling(built) -> None:
    folder, _, _ = built
    model, processor = loaded(folder)
    assert model.generation_config.eos_token_id == processor.tokenizer.eos_token_id
    turn = [{"role": "assistant", "content": [{"type": "text", "text": "Hello."}]}]
    assert processor.apply_chat_template(turn).endswith(f"Hello.{processor.tokenizer.eos_token}\n")


def test_the_connector_learns_what_patches_are_called(built) -> None:
    folder, _, made = built
    assert made["aligned"]["after"] > made["aligned"]["before"] + 0.3
    assert made["aligned"]["after"] > 0.3
    assert json.loads((folder / "small_seer.json").read_text()) == made
    card = (folder / "README.md").read_text()
    assert "before its training" in card
    assert str(made["aligned"]["after"]) in card


def test_what_all_patches_have_in_common_is_small(built) -> None:
    """Else the language model meets fifty vectors that are nearly one, and falls apart."""
    folder, _, _ = built
    model, _ = loaded(folder)
    with torch.inference_mode():
        given = as_input(shelf_of(24).pixels)
        found = torch.stack(list(model.model.get_image_features(given).pooler_output)).flatten(0, 1)
    assert float(found.mean(0).norm()) < 0.4 * float(found.norm(dim=-1).mean())
    words = model.get_input_embeddings().weight[:-1].detach()
    ratio = float(found.norm(dim=-1).mean() / words.norm(dim=-1).mean())
    assert 0.4 < ratio < 2


def test_without_pictures_the_connector_has_the_scale_of_words(parts: Path, tmp_path: Path) -> None:
    made = build(parts / "siglip", str(parts / "base"), tmp_path / "plain")
    assert made["aligned"] is None
    model, _ = loaded(tmp_path / "plain")
    with torch.inference_mode():
        given = as_input(shelf_of(24).pixels)
        found = torch.stack(list(model.model.get_image_features(given).pooler_output))
    words = model.get_input_embeddings().weight[:-1]
    ratio = float(found.pow(2).mean().sqrt() / words.detach().pow(2).mean().sqrt())
    assert 0.5 < ratio < 2


def test_the_same_call_gives_the_same_weights(parts: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        build(parts / "siglip", str(parts / "base"), tmp_path / name, shelf=shelf_of(48))
    one, other = (tmp_path / each / "model.safetensors" for each in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()


def test_what_is_there_is_not_overwritten(parts: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("keep")
    with pytest.raises(BadInput, match="there already"):
        build(parts / "siglip", str(parts / "base"), tmp_path / "out")
    assert [each.name for each in tmp_path.rglob("*")] == ["out", "mine.txt"]


@pytest.mark.parametrize("lost", ["classes.json", "heads.safetensors", "encoder/config.json"])
def test_a_folder_that_is_no_encoder_is_refused_in_one_line(
    parts: Path, tmp_path: Path, lost: str
) -> None:
    shutil.copytree(parts / "siglip", tmp_path / "half")
    (tmp_path / "half" / lost).unlink()
    with pytest.raises(BadInput) as error:
        build(tmp_path / "half", str(parts / "base"), tmp_path / "out")
    folder = tmp_path / "half"
    assert error.value.message == f"{folder} is no encoder that was trained here: it has no {lost}"
    assert "small-seer encode" in error.value.hint
    assert not (tmp_path / "out").exists()


def test_a_base_that_is_none_leaves_nothing_behind(parts: Path, tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "config.json").write_text("{}")
    with pytest.raises(BadInput):
        build(parts / "siglip", str(tmp_path / "base"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_a_patch_is_called() -> None:
    element = {"kind": "person", "what": "girl", "look": "red coat", "pose": "climb"}
    assert said(element, {"place": "the park"}) == ("girl", "climb", "red coat")
    element |= {"action": "climbs the tree", "emotion": "proud", "expression": "smiling"}
    assert said(element, {}) == ("girl", "climbs the tree", "proud", "red coat")
    assert said({}, {"place": "the park", "time of day": "noon"}) == ("the park", "noon")
    assert said({"kind": "person"}, {}) == ()


def test_arrays_are_not_shared_between_pictures() -> None:
    shelf = shelf_of(2)
    assert not np.shares_memory(shelf.pixels, shelf.part(held_out=False).pixels)
