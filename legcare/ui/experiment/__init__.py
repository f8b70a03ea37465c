"""The experiment on the screen: plan it, live it, read it; and one line for the Today page."""

from legcare.ui.experiment.today import today_line

__all__ = ["today_line"]
