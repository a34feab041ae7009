"""A Blink cloud and a Telegram Bot API on loopback, and the demo's phone page: real HTTP servers, stateful and strict.

They serve `demo`, `simulate` and the tests. Nothing here imports the code under test, so that it cannot share its
mistakes.
"""
