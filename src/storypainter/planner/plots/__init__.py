"""Plots: 3 to 6 moments of one story, planned from events without any model."""

from storypainter.planner.plots.dealing import Wishes
from storypainter.planner.plots.planning import draft_plot, plan_plot, plot_of, version
from storypainter.planner.plots.plot import Moment, Plot

__all__ = ["Moment", "Plot", "Wishes", "draft_plot", "plan_plot", "plot_of", "version"]
