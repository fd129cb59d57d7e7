"""All furniture and things of shops, cafés, restaurants and offices."""

from __future__ import annotations

from storypainter.ink import (
    props_shop,
    props_shop_small,
    props_work_cafe,
    props_work_office,
    props_work_paper,
    props_work_restaurant,
    props_work_table,
)
from storypainter.ink.props import PropKind

KINDS: tuple[PropKind, ...] = (
    *props_shop.KINDS,
    *props_shop_small.KINDS,
    *props_work_cafe.KINDS,
    *props_work_office.KINDS,
    *props_work_paper.KINDS,
    *props_work_restaurant.KINDS,
    *props_work_table.KINDS,
)
