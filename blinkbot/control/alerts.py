"""What one chat has chosen to be told, and how loudly."""

from blinkbot.control.bound import Bound


class AlertControl(Bound):
    """The part of a ChatControl that is about alerts."""
