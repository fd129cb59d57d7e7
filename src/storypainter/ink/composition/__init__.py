"""From a Scene to places: wishes, casting, furniture, layout, and the audit of what is visible."""
