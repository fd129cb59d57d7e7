"""Everything with letters or numbers on it: signs, papers, screens, clocks, calendars."""
