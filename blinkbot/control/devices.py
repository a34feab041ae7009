"""Live views, lights and sirens, as one chat may ask for them."""

from blinkbot.control.bound import Bound


class DeviceControl(Bound):
    """The part of a ChatControl that is about devices."""
