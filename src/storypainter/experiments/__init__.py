"""Experiments: rows of systems, columns of scores, one table with everything that it rests on."""
