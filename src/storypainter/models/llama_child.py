"""The process in which llama.cpp's server runs; started and let go by ``llama.py``.

It is told its settings in one JSON line on standard input and answers in one on standard
output: ``base_url``, or ``error`` and perhaps ``hint``. It imports nothing but xllamacpp, so
that it starts quickly.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def serve() -> None:
    """The child's whole life: load, say where it listens, and end when stdin does."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever llama.cpp prints is a log line
    settings = json.loads(sys.stdin.readline())

    def answer(**fields: str) -> None:
        print(json.dumps(fields), file=answers, flush=True)

    import xllamacpp

    devices = [device["name"] for device in xllamacpp.get_device_info()]
    wanted = settings["device"]
    if wanted.startswith("cuda") and not any("CUDA" in name.upper() for name in devices):
        answer(
            error=f"this xllamacpp has no device {wanted} (it has: {', '.join(devices)})",
            hint="use device auto or cpu, or install a CUDA build of xllamacpp",
        )
        os._exit(1)
    try:
        server = xllamacpp.Server(_parameters(xllamacpp, settings))
    except Exception as error:
        answer(error=str(error))
        os._exit(1)
    answer(base_url=f"{server.listening_address}/v1")
    sys.stdin.read()
    # At once, with calls still running: nobody waits for them any more.
    os._exit(0)


def _parameters(xllamacpp: Any, settings: dict[str, Any]) -> Any:
    parameters = xllamacpp.CommonParams()
    parameters.model.path = settings["model"]
    parameters.model_alias = {settings["alias"]}
    if settings["adapter"]:
        adapter = xllamacpp.CommonAdapterLoraInfo()
        adapter.path, adapter.scale = settings["adapter"], 1.0  # each request says its own
        parameters.lora_adapters = [adapter]
    if settings["template"]:
        parameters.chat_template = settings["template"]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0  # a free one
    parameters.api_keys = [settings["key"]]
    parameters.cors_origins = ""
    parameters.ui = False
    parameters.endpoint_slots = False  # would show other calls' prompts
    parameters.verbosity = 2  # errors and warnings
    parameters.n_parallel = settings["slots"]
    parameters.n_ctx = settings["context"]
    parameters.cache_ram_mib = 0  # the slots' own caches do; the default may take 8 GB
    parameters.cpuparams.n_threads = settings["threads"]
    parameters.cpuparams_batch.n_threads = settings["threads"]
    if settings["device"] == "cpu":
        parameters.n_gpu_layers = 0
    elif settings["device"].startswith("cuda:"):
        parameters.split_mode = xllamacpp.llama_split_mode.LLAMA_SPLIT_MODE_NONE
        parameters.main_gpu = int(settings["device"].partition(":")[2])
    _switch_off_own_sampling(xllamacpp, parameters.sampling)
    return parameters


def _switch_off_own_sampling(xllamacpp: Any, sampling: Any) -> None:
    """Neutral defaults, marked as the user's choice so that a file's own don't replace them."""
    sampling.top_k = 0
    sampling.top_p = 1.0
    sampling.min_p = 0.0
    sampling.temp = 1.0
    sampling.penalty_last_n = -1  # penalties look at the whole text, as they do elsewhere
    chosen = 0
    for flag in xllamacpp.common_params_sampling_config:
        chosen |= int(flag.value)
    sampling.user_sampling_config = chosen
