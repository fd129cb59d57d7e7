"""selecting: which items of a run are kept, by what their Scores say, and why."""
