"""The table of families beside transformers' own code: each of them is built small."""

from __future__ import annotations

from typing import Any

import pytest

from storypainter.errors import BadInput
from storypainter.sequences.training.adapting import adapter_config
from storypainter.sequences.training.families import FAMILIES, belongs, family_of
from storypainter.sequences.training.settings import VisionSettings

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("peft")
pytestmark = pytest.mark.usefixtures("one_thread")

TEXT = {
    "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "vocab_size": 64, "bos_token_id": None, "eos_token_id": 1,
    "pad_token_id": 1,
}  # fmt: skip
TOWER = {
    "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2,
    "image_size": 32, "patch_size": 8,
}  # fmt: skip
QWEN = {**TEXT, "rope_parameters": {"rope_type": "default", "mrope_section": [1, 1, 2],
                                    "rope_theta": 10000.0}}  # fmt: skip
SMALL: dict[str, dict[str, Any]] = {
    "llava": {
        "vision_config": {"model_type": "siglip_vision_model", **TOWER},
        "text_config": {"model_type": "llama", **TEXT},
        "image_token_index": 2, "vision_feature_select_strategy": "full",
        "vision_feature_layer": -1,
    },
    "idefics3": {
        "vision_config": TOWER, "text_config": {"model_type": "llama", **TEXT},
        "image_token_id": 2, "scale_factor": 2, "pad_token_id": 1,
    },
    "qwen2_vl": {
        "vision_config": {"depth": 2, "embed_dim": 32, "hidden_size": 32, "num_heads": 2,
                          "patch_size": 4, "spatial_merge_size": 2},
        "text_config": QWEN, "image_token_id": 2, "video_token_id": 3,
        "vision_start_token_id": 4, "vision_end_token_id": 5,
    },
    "qwen2_5_vl": {
        "vision_config": {"depth": 2, "hidden_size": 32, "intermediate_size": 48, "num_heads": 2,
                          "out_hidden_size": 32, "patch_size": 4, "window_size": 16,
                          "fullatt_block_indexes": [1], "spatial_merge_size": 2},
        "text_config": QWEN, "image_token_id": 2, "video_token_id": 3,
        "vision_start_token_id": 4, "vision_end_token_id": 5,
    },
}  # fmt: skip
SMALL["smolvlm"] = SMALL["idefics3"]


@pytest.fixture(scope="module", params=sorted(FAMILIES))
def model(request):
    config = transformers.AutoConfig.for_model(request.param, **SMALL[request.param])
    return transformers.AutoModelForImageTextToText.from_config(config)


def test_every_weight_but_the_head_belongs_to_a_part(model):
    family = family_of(model.config.model_type)
    modules = dict(model.named_modules())
    for part in ("language", "connector", "vision"):
        assert getattr(family, part) in modules
    parts = {name: belongs(family, name) for name, _ in model.named_parameters()}
    assert {name for name, part in parts.items() if not part} <= {"lm_head.weight"}
    assert set(parts.values()) - {""} == {"language", "connector", "vision"}


def test_lora_is_on_the_asked_parts_alone(model):
    import peft

    family = family_of(model.config.model_type)
    before = {name for name, _ in model.named_modules()}
    config = adapter_config(VisionSettings(rank=2), model, family)
    adapted = peft.get_peft_model(model, config)
    learning = {
        name.removeprefix("base_model.model.")
        for name, weight in adapted.named_parameters()
        if weight.requires_grad
    }
    through = {belongs(family, name) for name in learning if "lora_" in name}
    whole = {belongs(family, name) for name in learning if "lora_" not in name}
    assert through == {"language"}
    assert whole == {"connector"}
    # Attention and feed-forward: seven linear layers in each of two blocks, two factors each.
    assert len([name for name in learning if "lora_" in name]) == 2 * 7 * 2
    assert {name for name, _ in adapted.unload().named_modules()} >= before - {family.connector}


@pytest.mark.parametrize("kind", sorted(FAMILIES))
def test_a_picture_is_as_many_tokens_as_the_table_says(kind):
    config = transformers.AutoConfig.for_model(kind, **SMALL[kind])
    model = transformers.AutoModelForImageTextToText.from_config(config).eval()
    family = family_of(kind)
    if family.name == "Qwen-VL":
        # 4 x 6 patches of 4 x 4 pixels, two frames deep
        given = {"pixel_values": torch.rand(24, 3 * 2 * 4 * 4),
                 "image_grid_thw": torch.tensor([[1, 4, 6]])}  # fmt: skip
        height, width = 16, 24
    else:
        shape = (1, 1, 3, 32, 32) if family.tiles else (1, 3, 32, 32)
        given, height, width = {"pixel_values": torch.rand(shape)}, 32, 32
    with torch.no_grad():
        found = model.get_image_features(**given).pooler_output
    features = torch.cat(list(found)) if isinstance(found, list | tuple) else found
    tokens = features.reshape(-1, features.shape[-1]).shape[0]
    assert tokens == family.tokens(config, height, width)


def test_llava_15_spends_576_tokens_on_a_picture():
    config = transformers.LlavaConfig()  # its defaults are LLaVA-1.5's
    assert FAMILIES["llava"].tokens(config, 480, 640) == 576
    config.vision_feature_select_strategy = "full"
    assert FAMILIES["llava"].tokens(config, 480, 640) == 577  # with CLIP's class token


def test_an_unknown_family_is_refused():
    with pytest.raises(BadInput, match="bert is no family"):
        family_of("bert")


def test_an_encoder_with_the_connector_inside_learns_whole_with_it_or_not_at_all():
    config = transformers.AutoConfig.for_model("qwen2_vl", **SMALL["qwen2_vl"])
    model = transformers.AutoModelForImageTextToText.from_config(config)
    family = family_of("qwen2_vl")
    alone = VisionSettings(train=("vision",), vision_weights="full")
    with pytest.raises(BadInput, match="connector lies inside its encoder"):
        adapter_config(alone, model, family)
    both = VisionSettings(train=("connector", "vision"), vision_weights="full")
    assert adapter_config(both, model, family).modules_to_save == ["model.visual"]
