"""Live view sessions of the simulated cloud.

certificate.py  a self-signed certificate and its key
immi.py         the packets of a live view session
session.py      live view: the call that starts it, and the TLS server that sends the stream
"""
