"""All furniture and things of shops, cafés, restaurants and offices."""

from __future__ import annotations

from storypainter.ink.props import (
    shop,
    shop_small,
    work_cafe,
    work_office,
    work_paper,
    work_restaurant,
    work_table,
)
from storypainter.ink.props.prop import PropKind

KINDS: tuple[PropKind, ...] = (
    *shop.KINDS,
    *shop_small.KINDS,
    *work_cafe.KINDS,
    *work_office.KINDS,
    *work_paper.KINDS,
    *work_restaurant.KINDS,
    *work_table.KINDS,
)
