"""judging: narratives over picture sequences, by a judge, by what holds offline, and by people."""
