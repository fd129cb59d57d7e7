"""book: a told sequence as a storybook: one HTML page, Markdown with its pictures, JSON."""
