"""How the process that does one job ends, and what it says while it is at it."""

UNREADABLE = 3
"""The exit status with which it says that the file is to blame; its stdout says how."""

NO_PLOTS = 4
"""The exit status where the extra `plots` is not installed."""

PART_DONE = "part "
"""Begins the lines on stderr that tell how much is done, 0 to 1."""
