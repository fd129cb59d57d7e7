"""People: roles, locales, attire, and the figure that puts body, face and garments together."""
