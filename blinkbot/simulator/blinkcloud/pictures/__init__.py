"""What the simulated cameras see and record.

figures.py    a canvas, and the figures that walk across it
film.py       clips as cameras record them: H.264 and AAC in an MP4 that plays before it has all arrived
live_film.py  the endless film of a live view, as an MPEG transport stream. Encoding takes a while
odd_films.py  unusual clips: too big to send, or broken
pictures.py   drawn camera views: a scene with a figure in it, different each time. Pillow only
scenery.py    the painted places
"""
