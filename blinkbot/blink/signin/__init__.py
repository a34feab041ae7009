"""Signing in to Blink.

oauth.py   step by step: start → Tokens | PinRequest; finish(pin); page.py reads the sign-in page
legacy.py  the same, the older way
"""
