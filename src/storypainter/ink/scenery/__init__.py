"""Scenery: skies, far land, grass, rooms and weather, for setting kits to draw with."""
