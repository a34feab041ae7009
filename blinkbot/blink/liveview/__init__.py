"""Live views.

session.py  a live view from its request to its end
immi.py     the frames of its stream
"""
