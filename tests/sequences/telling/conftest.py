from __future__ import annotations

import sys
from pathlib import Path

# the vision-language model of a few thousand weights
sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
