from __future__ import annotations

from typing import Any

import pytest

from storypainter.evaluators import copying


@pytest.fixture(autouse=True, scope="session")
def one_copying_evaluator_a_pool():
    """Many sets are made here; what a Pool is compared by is read once for all of them."""
    connect, made = copying.connect_copying, {}

    def connected(pool: Any = None) -> Any:
        key = pool.hash if pool is not None else None
        if key not in made:
            made[key] = connect(pool)
        return made[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "connect_copying", connected)
        yield
