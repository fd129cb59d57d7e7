"""What everything is drawn with: canvas, strokes, forms, colours, light, masks; knows no Scene."""
