from __future__ import annotations

import sys
from pathlib import Path

TESTS = Path(__file__).parents[2]
for folder in (TESTS / "sequences" / "telling", TESTS / "report", TESTS / "ratings"):
    sys.path.insert(0, str(folder))
