"""What leaves the painter: SVG and its way back, Regions, overlays, print."""
