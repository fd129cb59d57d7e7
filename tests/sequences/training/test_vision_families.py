"""The parts of models that transformers' own code builds small, as they are found on them."""

from __future__ import annotations

import importlib.util
import math

import PIL.Image
import pytest
from tiny_families import CONFIGS, PROCESSORS, WITHOUT_TORCHVISION, build_small, small_config
from tiny_families import small_model as built
from tiny_vision import RL, SFT, TEMPLATE, tiny_tokenizer

from storypainter.errors import BadInput, MissingExtra
from storypainter.sequences.tasks.rows import read_task_set
from storypainter.sequences.training import bases
from storypainter.sequences.training.adapting import NOT_SAMPLED, adapted, adapter_config
from storypainter.sequences.training.bases import open_vision_base
from storypainter.sequences.training.examples import Examples, _PictureTokens
from storypainter.sequences.training.families import belongs, family_of, found_on
from storypainter.sequences.training.pictures import Pictures
from storypainter.sequences.training.rewarding import Rewarding
from storypainter.sequences.training.settings import RewardSettings, VisionSettings
from storypainter.sequences.training.trainers import collator
from storypainter.sequences.training.training import train_rl, train_sft
from training_folders import table, weights

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("peft")
pytestmark = pytest.mark.usefixtures("one_thread")

TORCHVISION = importlib.util.find_spec("torchvision") is not None
PROJECTOR = "model.multi_modal_projector"
LLAVA = ("model.language_model", {PROJECTOR}, "model.vision_tower")
IDEFICS = ("model.text_model", {"model.connector"}, "model.vision_model")
QWEN = ("model.language_model", {"model.visual.merger"}, "model.visual")
#: Where transformers (5.23) keeps the parts, read from its code.
PARTS = {
    **dict.fromkeys(
        ("llava", "llava_next", "llava_onevision", "vipllava", "paligemma", "gemma3", "internvl",
         "mistral3", "aya_vision", "lfm2_vl"), LLAVA,
    ),
    **dict.fromkeys(("idefics2", "idefics3", "smolvlm"), IDEFICS),
    **dict.fromkeys(("qwen2_vl", "qwen2_5_vl", "glm4v"), QWEN),
    "qwen3_vl": (
        "model.language_model",
        {"model.visual.merger", "model.visual.deepstack_merger_list.0",
         "model.visual.deepstack_merger_list.1"},
        "model.visual",
    ),
    "gemma4": ("model.language_model", {"model.embed_vision"}, "model.vision_tower"),
    "mllama": ("model.language_model", {PROJECTOR}, "model.vision_model"),
    "ovis2": ("model.language_model", {"model.visual_embeddings_table"}, "model.vision_tower"),
    "blip-2": ("language_model", {"qformer", "language_projection"}, "vision_model"),
}  # fmt: skip
#: Weights that are no module's: they stay as they are.
BARE = {"model.image_newline", "query_tokens"}
#: Processors that training has no use for, and what is said of them.
REFUSED = {
    "paligemma": "can't read an answer without a picture",
    "mllama": "sees pictures beside its text",
    "blip-2": "names no token that stands for a picture",
}
TRAINED = sorted(PROCESSORS.keys() - REFUSED.keys())


def with_processor(kind: str, folder):
    """A base, where its processor can be made here."""
    if kind not in WITHOUT_TORCHVISION:
        pytest.importorskip("torchvision", reason=f"{kind}'s processor needs torchvision")
    if kind == "smolvlm":
        pytest.importorskip("num2words", reason="SmolVLM's processor needs num2words")
    return build_small(kind, folder / kind)


# ---------------------------------------------------------------------------- the parts


@pytest.fixture(scope="module", params=sorted(CONFIGS))
def model(request):
    return built(request.param)


def test_the_parts_are_where_transformers_keeps_them(model):
    family = found_on(model)
    assert PARTS[family.name] == (family.language, set(family.connector), family.vision)
    assert family_of(model.config) == family  # without any weights


def test_every_weight_but_the_head_belongs_to_a_part(model):
    family = found_on(model)
    parts = {name: belongs(family, name) for name, _ in model.named_parameters()}
    assert {name for name, part in parts.items() if not part} <= {"lm_head.weight"} | BARE
    assert set(parts.values()) - {""} == {"language", "connector", "vision"}


def test_lora_is_on_the_asked_parts_alone(model):
    import peft

    family = found_on(model)
    before = {name for name, _ in model.named_modules()}
    head = model.get_output_embeddings()
    linear = [
        name
        for name, module in model.named_modules()
        if type(module) is torch.nn.Linear and module is not head
    ]
    config = adapter_config(VisionSettings(rank=2), model, family)
    changed = peft.get_peft_model(model, config)
    learning = {
        name.removeprefix("base_model.model.")
        for name, weight in changed.named_parameters()
        if weight.requires_grad
    }
    through = {name for name in learning if "lora_" in name}
    assert {belongs(family, name) for name in through} == {"language"}
    assert {belongs(family, name) for name in learning - through} == {"connector"}
    # Two factors for each linear layer of the language model.
    assert len(through) == 2 * len([n for n in linear if belongs(family, n) == "language"])
    for connector in family.connector:
        assert any(name.startswith(connector + ".") for name in learning - through)
    after = {name for name, _ in changed.unload().named_modules()}
    assert after >= before - {n for n in before if belongs(family, n) == "connector"}


def test_a_llama_has_seven_linear_layers_a_block():
    config = adapter_config(VisionSettings(rank=2), built("llava"), found_on(built("llava")))
    assert config.target_modules.count("(?:") == 7
    assert config.modules_to_save == [PROJECTOR]


def test_a_head_inside_the_language_model_is_left_alone():
    blip = built("blip-2")
    config = adapter_config(VisionSettings(rank=2), blip, found_on(blip))
    assert "lm_head" not in config.target_modules


def test_an_encoder_with_the_connector_inside_learns_whole_with_it_or_not_at_all():
    for kind in ("qwen2_vl", "qwen3_vl"):
        qwen = built(kind)
        family = found_on(qwen)
        alone = VisionSettings(train=("vision",), vision_weights="full")
        with pytest.raises(BadInput, match="connector lies inside its encoder"):
            adapter_config(alone, qwen, family)
        both = VisionSettings(train=("connector", "vision"), vision_weights="full")
        assert adapter_config(both, qwen, family).modules_to_save == ["model.visual"]
    llava = built("llava")
    both = VisionSettings(train=("connector", "vision"), vision_weights="full")
    whole = adapter_config(both, llava, found_on(llava)).modules_to_save
    assert whole == [PROJECTOR, "model.vision_tower"]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("bert", "bert is no vision-language model that transformers knows"),
        ("florence2", "florence2 reads by a text encoder and writes by a decoder"),
        ("fuyu", "no vision encoder was found in fuyu: looked for vision_tower, visual"),
        ("idefics", "no language model was found in idefics: looked for language_model"),
    ],
)
def test_what_is_not_found_is_named(kind, said):
    with pytest.raises(BadInput, match=said):
        family_of(transformers.AutoConfig.for_model(kind))


def test_a_connector_by_another_name_is_asked_for():
    llava = built("llava")
    llava.model.bridge = llava.model.multi_modal_projector
    del llava.model.multi_modal_projector
    with pytest.raises(
        BadInput, match="no connector was found in llava: looked for a module named"
    ):
        found_on(llava)


def test_a_config_that_no_model_can_be_built_from_is_refused():
    config = small_config("llava")
    config.text_config.num_attention_heads = 0
    with pytest.raises(BadInput, match=r"no llava can be built from this config\.json"):
        family_of(config)


# --------------------------------------------------------------------------- processors


@pytest.mark.parametrize("kind", TRAINED)
def test_rows_are_as_long_as_the_processor_makes_them(kind, tmp_path, vision_tasks):
    """One picture and several; and the model takes what comes of it."""
    base = open_vision_base(str(with_processor(kind, tmp_path)))
    rows = read_task_set(vision_tasks)
    examples = Examples(rows.rows("train", "telling", "caption")[:4], rows.folder, Pictures())
    assert {len(row.images) for row in examples.rows} == {1, 2}
    collate = collator(base.processor)
    batches = [collate([examples[at]]) for at in range(len(examples))]
    made = [int(batch["attention_mask"].sum()) for batch in batches]
    assert examples.lengths(base.processor) == made
    loss = base.model(bf16=False)(**batches[0]).loss
    assert math.isfinite(loss.item())


def test_llava_15_spends_576_tokens_on_a_picture():
    tokenizer = tiny_tokenizer()
    pictures = transformers.CLIPImageProcessorPil(
        size={"shortest_edge": 336}, crop_size={"height": 336, "width": 336}
    )
    processor = transformers.LlavaProcessor(
        pictures, tokenizer, patch_size=14, vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
    )  # fmt: skip
    processor.chat_template = TEMPLATE
    tokens = _PictureTokens(processor)
    assert tokens.beyond_places("<image>", ((640, 480),)) == 575
    assert tokens.beyond_places("<image><image>", ((640, 480), (100, 300))) == 2 * 575


class _Tiling:
    """A processor that cuts a picture into four tiles where it is alone, as LLaVA-OneVision's."""

    def __init__(self):
        self.asked = []

    def __call__(self, text, images, **_):
        self.asked.append([picture.size for picture in images[0]])
        count = 4 if len(images[0]) == 1 else len(images[0])
        return {"input_ids": [[0] * count]}

    def tokenizer(self, text, **_):
        return {"input_ids": list(text)}

    def apply_chat_template(self, turns, tokenize):
        return "#"


def test_pictures_that_take_less_in_company_are_counted_together():
    tiling = _Tiling()
    tokens = _PictureTokens(tiling)
    assert tokens.beyond_places("", ()) == 0
    assert tokens.beyond_places("#", ((8, 8),)) == 3
    assert tokens.beyond_places("##", ((8, 8), (8, 8))) == 0
    assert tokens.beyond_places("###", ((8, 8), (9, 9), (8, 8))) == 0
    before = len(tiling.asked)
    assert tokens.beyond_places("###", ((8, 8), (9, 9), (8, 8))) == 0  # known already
    assert len(tiling.asked) == before


@pytest.mark.parametrize("kind", sorted(REFUSED))
def test_a_processor_that_cannot_be_trained_with_is_refused(kind, tmp_path):
    with pytest.raises(BadInput, match=REFUSED[kind]):
        open_vision_base(str(with_processor(kind, tmp_path)))


def test_a_processor_makes_lists_of_texts_of_several_lengths(tmp_path):
    """trl asks for them so; Pixtral's would make a tensor."""
    processor = open_vision_base(str(with_processor("mistral3", tmp_path))).processor
    assert isinstance(processor(text=["a", "a girl"])["input_ids"], list)


def test_what_goes_with_prompts_is_filled_up_on_the_left_as_trl_does_with_them(tmp_path):
    """The marks of pictures' tokens would lie beside other tokens."""
    base = open_vision_base(str(with_processor("gemma3", tmp_path)))
    processor, place = base.processor, base.processor.image_token
    blank = PIL.Image.new("RGB", (20, 20))
    texts = [f"{place}a", f"The happy girl climbs the tree. {place}"]
    made = processor(text=texts, images=[[blank], [blank]], padding=True, return_tensors="pt")
    assert made["attention_mask"][0].tolist()[:2] == [0, 0]
    picture = processor.tokenizer.convert_tokens_to_ids("<image_soft_token>")
    assert torch.equal(made["token_type_ids"] == 1, made["input_ids"] == picture)


#: Without those that are much like them, and the two that test_vision_training.py trains.
LEARNING = sorted(set(TRAINED) - {"llava", "vipllava", "idefics3", "aya_vision"})


@pytest.mark.slow
@pytest.mark.parametrize("kind", LEARNING)
def test_it_learns_by_sft_and_by_rewards(kind, tmp_path, vision_tasks):
    """A few updates on prompts of several lengths and numbers of pictures."""
    pytest.importorskip("trl")
    base = str(with_processor(kind, tmp_path))
    change = {"evaluations": 1, "max_length": 2048, "learning_rate": 0.005}
    assert train_sft(vision_tasks, base, tmp_path / "sft", SFT.model_copy(update=change)).finished
    saved = weights(tmp_path / "sft" / "adapter")
    family = open_vision_base(base).family
    assert {belongs(family, name) for name in saved} == {"connector", "language"}
    curve = table(tmp_path / "sft")
    assert curve[-1]["eval_loss"] < curve[0]["eval_loss"]
    given = {
        "from_adapter": str(tmp_path / "sft" / "adapter"),
        "only": ("telling", "caption"),
    }
    settings = RL.model_copy(update=change)
    rewarding = Rewarding({"grounded": 1.0, "length": 0.5})
    if kind in NOT_SAMPLED:
        with pytest.raises(BadInput, match="only sft"):
            train_rl(vision_tasks, base, tmp_path / "rl", settings, rewarding, **given)
        return
    assert train_rl(vision_tasks, base, tmp_path / "rl", settings, rewarding, **given).finished
    after = weights(tmp_path / "rl" / "adapter")
    assert after.keys() == saved.keys()
    assert any(not torch.equal(saved[name], after[name]) for name in saved)


@pytest.mark.parametrize("kind", sorted(NOT_SAMPLED))
def test_rewards_for_a_model_that_trl_cannot_sample_from_are_refused(kind):
    model = built(kind)
    with pytest.raises(BadInput, match="only sft"):
        adapted(model, RewardSettings(rank=2), found_on(model), None)
    assert adapted(model, VisionSettings(rank=2), found_on(model), None) is not None


# ---------------------------------------------------------------------- what is missing


def _unreadable(monkeypatch, cause):
    """Bases whose processor can't be read for that cause."""
    original = bases.part_of_base

    def part(auto_class, folder, wanted):
        if auto_class != "AutoProcessor":
            return original(auto_class, folder, wanted)
        try:
            raise cause
        except Exception:
            raise BadInput("can't be loaded", wanted) from None

    monkeypatch.setattr(bases, "part_of_base", part)


def _not_installed(monkeypatch, *names):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        bases.importlib.util, "find_spec", lambda name: None if name in names else found(name)
    )


@pytest.mark.parametrize(
    "cause",
    [
        ImportError("SmolVLMVideoProcessor requires the Torchvision library but it was not found."),
        ImportError("Package `num2words` is required to run SmolVLM processor."),
        ValueError("None of these classes could be loaded: torchvision: Lfm2VlImageProcessor."),
    ],
)
def test_a_processor_that_needs_torchvision_names_the_extra(cause, vision_base, monkeypatch):
    _unreadable(monkeypatch, cause)
    _not_installed(monkeypatch, "torchvision", "num2words")
    with pytest.raises(MissingExtra, match=r"pip install 'storypainter\[vision-models\]'"):
        open_vision_base(str(vision_base))


def test_another_library_is_named_as_it_is(vision_base, monkeypatch):
    _unreadable(monkeypatch, ImportError("X requires the timm library but it was not found."))
    with pytest.raises(BadInput, match=r"not installed: timm \(run: pip install timm\)"):
        open_vision_base(str(vision_base))
    _unreadable(monkeypatch, ImportError("no such thing"))
    with pytest.raises(BadInput, match="not installed: no such thing"):
        open_vision_base(str(vision_base))
    _unreadable(monkeypatch, OSError("no file named preprocessor_config.json"))
    with pytest.raises(BadInput, match="can't be loaded"):
        open_vision_base(str(vision_base))


@pytest.mark.skipif(TORCHVISION, reason="torchvision is here")
def test_a_qwen_without_torchvision_names_the_extra(tmp_path):
    """As one from the hub, unpatched: its processor reads videos as well."""
    tokenizer = tiny_tokenizer("<|image_pad|>", "<|video_pad|>")
    tokenizer.save_pretrained(tmp_path)
    small_config("qwen2_5_vl").save_pretrained(tmp_path)
    for name, text in (
        ("preprocessor_config.json", '{"processor_class": "Qwen2_5_VLProcessor",'
         ' "image_processor_type": "Qwen2VLImageProcessor"}'),
        ("video_preprocessor_config.json", '{"video_processor_type": "Qwen2VLVideoProcessor"}'),
    ):  # fmt: skip
        (tmp_path / name).write_text(text)
    with pytest.raises(MissingExtra, match=r"torchvision.*\[vision-models\]"):
        open_vision_base(str(tmp_path))


@pytest.mark.skipif(importlib.util.find_spec("timm") is not None, reason="timm is here")
def test_a_model_that_needs_timm_says_so(tmp_path):
    transformers.AutoConfig.for_model("gemma3n").save_pretrained(tmp_path)
    with pytest.raises(BadInput, match=r"not installed: timm \(run: pip install timm\)"):
        open_vision_base(str(tmp_path))
