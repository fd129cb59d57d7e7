"""People's ratings: sheets to rate on, their import, raters' agreement, judges against people."""
