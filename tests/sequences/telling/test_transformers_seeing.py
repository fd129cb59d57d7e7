"""A vision-language model of a few thousand weights, saved and loaded for real."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from memory_store import MemoryStore  # noqa: E402
from narrated_sequences import bytes_of, flat, sequence_of  # noqa: E402
from tiny_models import build_tiny_chat_model  # noqa: E402
from tiny_vision import build_base  # noqa: E402

from storypainter.models.calling import Caller  # noqa: E402
from storypainter.models.contract import (  # noqa: E402
    CallFailed,
    ChatReply,
    ChatRequest,
    ImagePart,
    Message,
    ModelOptions,
    Seer,
    Verdict,
)
from storypainter.models.local_files import source  # noqa: E402
from storypainter.models.transformers_seeing import create, may_see  # noqa: E402
from storypainter.sequences.telling.asked import Asked  # noqa: E402
from storypainter.sequences.telling.telling import SeerTeller  # noqa: E402


@pytest.fixture(scope="module", autouse=True)
def _one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_base(tmp_path_factory.mktemp("tiny") / "seer")


@pytest.fixture(autouse=True)
def _own_models_dir(tmp_path, monkeypatch):
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


RED, GREEN = (ImagePart(flat(k), "image/png") for k in (0, 2))
ASK = ChatRequest(
    (Message("user", (RED, GREEN, "Tell the story.")),), temperature=0.0, max_tokens=8, logprobs=3
)


async def ask(folder: Path, request: ChatRequest, **options: object) -> ChatReply:
    model = create(str(folder), ModelOptions(device="cpu", **options))
    try:
        return await model.chat(request)
    finally:
        await model.aclose()


async def test_it_is_a_seer_and_writes(folder):
    model = create(str(folder), ModelOptions(device="cpu"))
    assert isinstance(model, Seer)
    assert model.sees
    assert model.identity["provider"] == "transformers"
    reply = await model.chat(ASK)
    await model.aclose()
    assert reply.usage.output_tokens == len(reply.logprobs) <= 8
    # a picture is four tokens: 16 pixels in patches of 8
    text = await ask(folder, replace(ASK, messages=(Message("user", "Tell the story."),)))
    assert reply.usage.input_tokens == text.usage.input_tokens + 2 * 4


async def test_what_it_sees_and_in_which_order_changes_what_it_says(folder):
    def row(reply: ChatReply) -> list[float]:
        return [each.logprob for each in reply.logprobs]

    first = row(await ask(folder, ASK))
    again = row(await ask(folder, ASK))
    turned = (Message("user", (GREEN, RED, "Tell the story.")),)
    other = row(await ask(folder, replace(ASK, messages=turned)))
    assert first == again
    assert first != other


async def test_its_logits_are_those_of_transformers(folder):
    import PIL.Image
    import transformers

    processor = transformers.AutoProcessor.from_pretrained(folder)
    model = transformers.AutoModelForImageTextToText.from_pretrained(folder).eval()
    pictures = [PIL.Image.new("RGB", (48, 32), colour) for colour in ("#c0392b", "#27ae60")]
    for number, picture in zip((0, 2), pictures, strict=True):
        picture.putpixel((0, 0), (number, 0, 7))
    turn = [{"type": "image"}, {"type": "image"}, {"type": "text", "text": "Tell the story."}]
    text = processor.apply_chat_template(
        [{"role": "user", "content": turn}], add_generation_prompt=True
    )
    inputs = processor(text=[text], images=[pictures], return_tensors="pt")
    with torch.inference_mode():
        expected = torch.log_softmax(model(**inputs).logits[0, -1].float(), -1).max()
    reply = await ask(folder, ASK)
    assert reply.logprobs[0].logprob == pytest.approx(float(expected), abs=1e-4)


async def test_an_adapter_changes_what_it_says_and_brings_its_template(folder, tmp_path):
    import peft
    import transformers

    model = transformers.AutoModelForImageTextToText.from_pretrained(folder)
    targets = peft.LoraConfig(
        target_modules=["q_proj", "v_proj", "linear_1"], r=2, init_lora_weights=False
    )
    peft.get_peft_model(model, targets).save_pretrained(tmp_path / "adapter")
    plain = await ask(folder, ASK)
    adapted = await ask(folder, ASK, adapter=str(tmp_path / "adapter"))
    assert plain.logprobs[0].top != adapted.logprobs[0].top
    template = (folder / "chat_template.jinja").read_text().replace("<|start|>", "<|start|> go ")
    (tmp_path / "adapter" / "chat_template.jinja").write_text(template)
    longer = await ask(folder, ASK, adapter=str(tmp_path / "adapter"))
    assert longer.usage.input_tokens > adapted.usage.input_tokens


async def test_a_connector_that_was_learnt_whole_is_loaded_with_its_adapter(folder, tmp_path):
    import peft
    import transformers

    base = transformers.AutoModelForImageTextToText.from_pretrained(folder)
    whole = peft.LoraConfig(
        target_modules=["q_proj"], r=2, modules_to_save=["model.multi_modal_projector"]
    )
    model = peft.get_peft_model(base, whole)
    for name, weights in model.named_parameters():
        if "modules_to_save" in name:
            weights.data += torch.randn(weights.shape, generator=torch.Generator().manual_seed(1))
    model.save_pretrained(tmp_path / "adapter")
    words = replace(ASK, messages=(Message("user", "Tell the story."),))
    for request, same in ((words, True), (ASK, False)):
        plain = await ask(folder, request)
        adapted = await ask(folder, request, adapter=str(tmp_path / "adapter"))
        assert (plain.logprobs[0].top == adapted.logprobs[0].top) is same


async def test_a_sequence_is_told_by_it_as_it_was_trained(folder):
    model = create(str(folder), ModelOptions(device="cpu"))
    teller = SeerTeller(
        model, Asked(form="trained"), ChatRequest((), temperature=0.0, max_tokens=12)
    )
    assert teller.answer == "trained"
    assert SeerTeller(model, Asked(), ChatRequest(())).answer == "numbered"
    try:
        with pytest.raises(CallFailed, match="no reply holds a part"):  # it has learnt nothing
            await teller.tell(sequence_of(2), lambda f: bytes_of(0, f), 0, Caller(MemoryStore()))
    finally:
        await model.aclose()


@pytest.mark.parametrize("data", [b"no picture", flat(0)[:40]])
async def test_a_damaged_picture_fails_the_call(folder, data):
    broken = (Message("user", (ImagePart(data, "image/png"), "Tell.")),)
    with pytest.raises(CallFailed, match="can't be read") as failure:
        await ask(folder, replace(ASK, messages=broken))
    assert failure.value.verdict is Verdict.INVALID


async def test_without_a_chat_template_it_is_no_chat_model(tmp_path):
    bare = build_base(tmp_path / "bare", template=None)
    with pytest.raises(CallFailed, match="no chat template") as failure:
        await ask(bare, ASK)
    assert failure.value.verdict is Verdict.NOT_FOUND


async def test_weights_in_another_form_are_not_read(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(CallFailed) as failure:
        await ask(copy, ASK)
    assert failure.value.verdict is Verdict.NOT_FOUND


async def test_a_model_of_texts_reads_texts_and_refuses_pictures(tmp_path):
    chat = build_tiny_chat_model(tmp_path / "chat")
    with pytest.raises(CallFailed, match="reads no pictures"):
        await ask(chat, ASK)
    text = replace(ASK, messages=(Message("user", "Tell me what the picture shows."),))
    assert (await ask(chat, text)).usage.output_tokens


def test_seeing_is_known_by_the_config(folder, tmp_path):
    assert may_see(source(str(folder), "config.json"))
    chat = build_tiny_chat_model(tmp_path / "chat")
    assert not may_see(source(str(chat), "config.json"))
    (chat / "config.json").write_text("{")
    assert not may_see(source(str(chat), "config.json"))
    assert may_see(source("owner/nobody-has-downloaded-this", "config.json"))
