"""Training a small model to write stories: LoRA by SFT, DPO and DPO-Mix, on trl and peft."""
