"""Instruction-tuning tasks, made from the annotations of a set of sequences (paper, section 3.2)."""
