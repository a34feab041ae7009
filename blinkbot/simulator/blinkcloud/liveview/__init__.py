"""Live view sessions of the simulated cloud.

certificate.py  the certificates of the live view server; authority.pem is who signs the proper one
immi.py         the packets of a live view session
session.py      live view: the call that starts it, and the TLS server that sends the stream
"""
