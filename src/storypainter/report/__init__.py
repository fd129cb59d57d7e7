"""Reports: a run as one HTML page that opens offline and can be mailed."""
