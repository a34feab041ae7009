"""`blinkbot api`: any operation of the Blink cloud from the command line.

run.py        one operation: arguments in, JSON or a file out
arguments.py  key=value arguments → values typed by the table
resolve.py    cameras, networks and sync modules by id or name
session.py    the session that is shared with the bot; a sign-in on the terminal where there is none
live.py       a live view into an MP4
listing.py    the table of operations, for people and as JSON
"""
