"""All furniture and things of shops, cafés, restaurants and offices."""

from __future__ import annotations

from storypainter.ink import props_shop, props_shop_small
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (*props_shop.KINDS, *props_shop_small.KINDS)
