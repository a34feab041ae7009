"""Live view sessions of the simulated cloud.

certificate.py  the certificate of the live view server
immi.py         the packets of a live view session
session.py      live view: the call that starts it, and the TLS server that sends the stream
"""
