"""Import from storypainter.intervals instead: this module goes away."""

from storypainter.intervals import RunningMean, t_interval, t_quantile, wilson

__all__ = ["RunningMean", "t_interval", "t_quantile", "wilson"]
