"""Live views.

session.py  a live view from its request to its end
immi.py     the frames of its stream
certificates.py  who its server may be; immi-authority.pem and loopback-authority.pem are whose word is taken
"""
