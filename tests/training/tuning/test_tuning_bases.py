"""Bases from GGUF files and folders, and the chat templates of those that have none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_set import SETTINGS, build_base, sft_rows, write_set

from storypainter.errors import BadInput
from storypainter.models.local_files import FOLDER_VARIABLE
from storypainter.training.tuning.bases import address_of, gguf_file, open_base
from storypainter.training.tuning.training import train

torch = pytest.importorskip("torch")
pytest.importorskip("trl")
pytestmark = pytest.mark.usefixtures("one_thread")


def write_gguf(path: Path, folder: Path) -> Path:
    """The model of ``folder`` as an F32 GGUF file, with its tokenizer and chat template."""
    import gguf
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config, state = model.config, model.state_dict()
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_rope_freq_base(10000.0)
    writer.add_vocab_size(config.vocab_size)
    vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    merges = json.loads((folder / "tokenizer.json").read_text())["model"]["merges"]
    writer.add_tokenizer_model("gpt2")
    writer.add_token_list([name for name, _ in vocabulary])
    special = set(tokenizer.all_special_tokens) | {"<|start|>"}
    writer.add_token_types([3 if name in special else 1 for name, _ in vocabulary])
    writer.add_token_merges([m if isinstance(m, str) else " ".join(m) for m in merges])
    writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_pad_token_id(tokenizer.pad_token_id)
    writer.add_chat_template(tokenizer.chat_template)
    names = {
        "model.embed_tokens.weight": "token_embd.weight",
        "model.norm.weight": "output_norm.weight",
        "lm_head.weight": "output.weight",
    }
    inner = {
        "input_layernorm": "attn_norm", "post_attention_layernorm": "ffn_norm",
        "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
        "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
        "mlp.down_proj": "ffn_down",
    }  # fmt: skip
    for at in range(config.num_hidden_layers):
        for theirs, short in inner.items():
            names[f"model.layers.{at}.{theirs}.weight"] = f"blk.{at}.{short}.weight"
    for name, short in names.items():
        value = state[name].float()
        heads = {"attn_q": config.num_attention_heads, "attn_k": config.num_key_value_heads}
        for part, count in heads.items():
            if part in short:  # llama.cpp pairs neighbouring rows where transformers pairs halves
                rows, width = value.shape
                value = value.reshape(count, 2, rows // count // 2, width).swapaxes(1, 2)
                value = value.reshape(rows, width)
        writer.add_tensor(short, value.contiguous().numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_a_gguf_file_becomes_the_same_model_once(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("gguf")
    from transformers import AutoModelForCausalLM, AutoTokenizer

    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    path = write_gguf(tmp_path / "tiny.gguf", base)
    opened = open_base(str(path))
    ids = torch.arange(30)[None]
    expected = AutoModelForCausalLM.from_pretrained(base)(ids).logits
    torch.testing.assert_close(opened.model(bf16=False)(ids).logits, expected, atol=1e-4, rtol=1e-4)
    theirs = AutoTokenizer.from_pretrained(base)
    text = "<|start|>user\nThe baker counts the last loaves.<|end|>\n"
    assert opened.tokenizer(text)["input_ids"] == theirs(text)["input_ids"]
    assert opened.tokenizer.chat_template == theirs.chat_template
    assert opened.label == "tiny.gguf"
    assert len(opened.identity["gguf_sha256"]) == 64
    made = (opened.folder / "model.safetensors").stat().st_mtime_ns
    assert open_base(f"llama/{path}").folder == opened.folder
    assert (opened.folder / "model.safetensors").stat().st_mtime_ns == made
    assert [p.name for p in opened.folder.parent.iterdir() if p.name.endswith(".part")] == []


def test_what_was_trained_on_a_gguf_base_is_told_with_on_its_safetensors(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("gguf")
    from storypainter.models.contract import ModelOptions
    from storypainter.models.transformers import create

    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    path = write_gguf(tmp_path / "tiny.gguf", base)
    out = tmp_path / "run"
    data = write_set(
        tmp_path / "set", sft_rows(4), sft_rows(2, 100),
        kind="sft", student_prompt="mini", teacher={"address": "planner", "template": None},
    )  # fmt: skip
    trained = train("sft", data, str(path), out, SETTINGS)
    address = f"transformers/llama/{path}"
    assert trained.use == (
        f"storypainter tell -n 3 --storyteller {address} --adapter {out} --mode mini"
        " --out runs/told"
    )
    model = create(address.removeprefix("transformers/"), ModelOptions(adapter=str(out)))
    assert trained.base_folder is not None
    assert model.identity["model"] == trained.base_folder.name
    card = (out / "README.md").read_text()
    assert "--storyteller transformers/llama/PATH/tiny.gguf --adapter RUN --mode mini" in card
    assert f"`dequantised/{trained.base_folder.name}` below the folder of pulled models" in card
    assert "storypainter models adapter RUN --out mine.gguf" in card
    assert "- teacher: address planner\n" in card
    assert "None" not in card


def test_how_a_storyteller_names_a_base():
    named = {
        "llama/smollm2-135m": "transformers/llama/smollm2-135m",
        "models/x.gguf": "transformers/llama/models/x.gguf",
        "llama//abs/x.gguf": "transformers/llama//abs/x.gguf",
        "./folder": "transformers/./folder",
        "owner/model@main": "transformers/owner/model@main",
    }
    assert {base: address_of(base) for base in named} == named


def test_a_damaged_gguf_file_is_one_line_and_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pytest.importorskip("gguf")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    (tmp_path / "broken.gguf").write_bytes(b"GGUF" + bytes(40))
    with pytest.raises(BadInput, match=r"broken\.gguf can't be loaded") as error:
        open_base(str(tmp_path / "broken.gguf"))
    assert "\n" not in str(error.value)
    made = tmp_path / "models" / "dequantised"
    assert [p.name for p in made.iterdir()] == [".lock"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("llama/smollm2-135m", "models pull smollm2-135m"),
        ("llama/unheard-of", "no local model is known"),
        ("smollm2-135m", "write --base llama/smollm2-135m"),
        ("nowhere.gguf", "there is no GGUF file"),
        ("text.gguf", "is no GGUF file"),
    ],
)
def test_what_is_no_gguf_base(name, words, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    monkeypatch.chdir(tmp_path)
    Path("text.gguf").write_text("a story")
    with pytest.raises(BadInput) as error:
        gguf_file(name)
    assert words in str(error.value)


def test_other_names_are_no_gguf():
    assert gguf_file("owner/model") is None
    assert gguf_file("./folder") is None


def test_a_damaged_folder_is_one_line(base: Path, tmp_path: Path):
    folder = build_base(tmp_path / "tiny")
    (folder / "model.safetensors").write_bytes(b"\0" * 64)
    data = write_set(tmp_path / "set", sft_rows(4), sft_rows(2, 100))
    with pytest.raises(BadInput, match="is damaged"):
        train("sft", data, str(folder), tmp_path / "run", SETTINGS)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BadInput):
        open_base(str(folder))
    assert not (tmp_path / "run").exists()


def test_the_licence_is_read_from_the_models_card(tmp_path: Path):
    folder = build_base(tmp_path / "tiny")
    assert open_base(str(folder)).licence == ""
    (folder / "README.md").write_text("---\ntags: [x]\nlicense: apache-2.0\n---\n# A model\n")
    assert open_base(str(folder)).licence == "apache-2.0"


# --------------------------------------------------------------------- chat templates


@pytest.fixture(scope="module")
def without_template(tmp_path_factory) -> Path:
    return build_base(tmp_path_factory.mktemp("bare") / "tiny", template=None)


def test_a_base_without_a_template_needs_one(without_template: Path):
    with pytest.raises(BadInput, match="--chat-template plain"):
        open_base(str(without_template))


def test_the_plain_template(without_template: Path):
    tokenizer = open_base(str(without_template), "plain").tokenizer
    talk = [{"role": "user", "content": " a boat "}, {"role": "assistant", "content": "It sails."}]
    asked = tokenizer.apply_chat_template(talk[:1], tokenize=False, add_generation_prompt=True)
    assert asked == "### Request\na boat\n\n### Answer\n"
    whole = tokenizer.apply_chat_template(talk, tokenize=False)
    assert whole == asked + "It sails.<|end|>\n\n"


def test_a_template_is_kept_with_the_adapter_and_named_in_the_card(
    without_template: Path, tmp_path: Path
):
    data = write_set(tmp_path / "set", sft_rows(4), sft_rows(2, 100))
    train("sft", data, str(without_template), tmp_path / "run", SETTINGS, chat_template="plain")
    kept = (tmp_path / "run" / "adapter" / "chat_template.jinja").read_text()
    assert "### Request" in kept
    assert "chat template: storypainter's `plain`" in (tmp_path / "run" / "README.md").read_text()
    own = tmp_path / "own.jinja"
    own.write_text("{% for m in messages %}{{ m['content'] }}{{ eos_token }}{% endfor %}")
    start = str(tmp_path / "run" / "adapter")
    train("sft", data, str(without_template), tmp_path / "on", SETTINGS, from_adapter=start)
    assert (tmp_path / "on" / "adapter" / "chat_template.jinja").read_text() == kept
    with pytest.raises(BadInput, match=r"base\.chat_template"):
        train(
            "sft", data, str(without_template), tmp_path / "run", SETTINGS, chat_template=str(own)
        )


def test_a_file_that_is_no_template(without_template: Path, tmp_path: Path):
    (tmp_path / "broken.jinja").write_text("{% for m in messages %}{{ m }}")
    with pytest.raises(BadInput, match=r"broken\.jinja is no chat template"):
        open_base(str(without_template), str(tmp_path / "broken.jinja"))
    with pytest.raises(BadInput, match="nowhere"):
        open_base(str(without_template), str(tmp_path / "nowhere.jinja"))
