"""Adapters: from LoRA as peft saves it to the GGUF file that llama.cpp puts on a base model."""
