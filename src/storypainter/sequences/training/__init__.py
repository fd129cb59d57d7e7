"""Training of vision-language models: supervised, and by rewards (paper, section 3.3)."""
