"""sequences: visual storytelling, from ordered pictures to a narrative, with training and judging."""
