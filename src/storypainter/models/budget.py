"""What may still be spent: a ceiling that holds for calls in flight, too.

A call sets aside what it may cost at most before it is sent, and gives that back when its real cost
is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from storypainter.errors import OutOfBudget

_RAISE_CEILING = "raise --max-cost and run the same command again to go on"


class Budget:
    """US dollars for all calls together.

    Args:
        ceiling: what they may cost, earlier runs included; ``None`` is without limit.
        spent: what earlier runs have cost.

    Attributes:
        spent: so far.
        reserved: what calls in flight have set aside.
    """

    def __init__(self, ceiling: float | None, spent: float) -> None:
        self.spent = spent
        self.reserved = 0.0
        self._ceiling = ceiling
        self._turn = asyncio.Lock()
        self._settled = asyncio.Event()
        self._dismissed: Callable[[], Exception] | None = None

    async def reserve(self, most: float | None, address: str) -> float:
        """Set aside ``most``; returns what was set aside: 0 without a ceiling.

        When calls in flight have set aside the rest of the budget, wait for what they really
        cost: it is usually much less.

        Args:
            most: what the call may cost at most; ``None`` where its price is unknown.
            address: the model's.

        Raises:
            OutOfBudget: it may cost more than is left, or nobody knows what.
        """
        if self._ceiling is None:
            return 0.0
        if most is None:
            raise OutOfBudget(
                f"the price of {address} is unknown, so --max-cost can't be kept",
                "give its price with --price, or drop --max-cost",
            )
        async with self._turn:
            while self.spent + self.reserved + most > self._ceiling:
                if self._dismissed is not None:
                    raise self._dismissed()
                if self.spent + most > self._ceiling:
                    raise OutOfBudget(
                        f"the next call may cost ${most:.4f}; ${self.spent:.4f} of "
                        f"${self._ceiling:.4f} are spent",
                        _RAISE_CEILING,
                    )
                self._settled.clear()
                await self._settled.wait()
            self.reserved += most
        return most

    def settle(self, reserved: float) -> None:
        """Give back what a call had set aside; its cost was spent before."""
        self.reserved -= reserved
        self._settled.set()

    def check_retry(self, reserved: float) -> None:
        """Whether a call may be sent again: a useless reply may have eaten its money.

        Raises:
            OutOfBudget: the ceiling leaves no room for another try.
        """
        if self._ceiling is not None and self.spent + reserved > self._ceiling:
            raise OutOfBudget(
                f"another try may cost ${reserved:.4f}; ${self.spent:.4f} of "
                f"${self._ceiling:.4f} are spent",
                _RAISE_CEILING,
            )

    def dismiss(self, error: Callable[[], Exception]) -> None:
        """Send all waiters for money away with an error, and later ones, too."""
        self._dismissed = error
        self._settled.set()
