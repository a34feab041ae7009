"""Words about time.

scanner.py  finds times in words
tokens.py   the pieces of which times are made
past.py     "yesterday evening": when something was
future.py   "until 7:00", "2 h": how long something is to last
"""
