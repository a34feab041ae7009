"""Requests to Blink.

transport.py  one request(): timeouts, the retry rule, streamed downloads
budget.py     how many requests an hour there may be
responses.py  status and body of a response → JSON or the right error
download.py   a body that becomes a file only when it is whole and an MP4
auth.py       tokens on requests: one refresh at a time, no token to a foreign host
hosts.py      where Blink is, and which hosts may see a token
clock.py      clock, sleep and chance, passed in
"""
