"""The painted places. Coordinates are fractions of the picture, so any size works."""

import random
from collections.abc import Callable

from blinkbot.simulator.blinkcloud.pictures.figures import CLOTHES, Canvas, Colour, Walker, figure, mix


def sky(canvas: Canvas, chance: random.Random, night: bool, horizon: float) -> None:
    """Day with clouds, or night with stars and a moon."""
    if night:
        canvas.fade((12, 18, 40), (52, 62, 98), 0, horizon)
        for _ in range(28):
            canvas.disc((206, 212, 232), chance.random(), chance.uniform(0, horizon * 0.8), 0.003)
        canvas.disc((236, 232, 210), chance.uniform(0.1, 0.9), horizon * 0.25, 0.045)
        return
    canvas.fade((104, 164, 222), (216, 232, 240), 0, horizon)
    for _ in range(4):
        x, y = chance.random(), chance.uniform(0.06, horizon * 0.55)
        for puff in range(4):
            canvas.disc((246, 248, 250), x + puff * 0.028, y + chance.uniform(-0.012, 0.012), 0.042, 0.62)


def tree(canvas: Canvas, x: float, ground: float, tall: float, leaf: Colour) -> None:
    """A fir: three stacked triangles on a trunk."""
    half = tall * 0.3 * canvas.height / canvas.width
    canvas.box((92, 68, 50), x - half * 0.16, ground - tall * 0.16, x + half * 0.16, ground)
    for step in range(3):
        foot, wide = ground - tall * (0.12 + 0.24 * step), half * (1 - 0.24 * step)
        canvas.shape(mix(leaf, (255, 255, 255), 0.05 * step), x - wide, foot, x + wide, foot, x, foot - tall * 0.42)


def window(canvas: Canvas, left: float, top: float, right: float, bottom: float, lit: bool) -> None:
    """A window with a cross, dark or lit from inside."""
    canvas.box((238, 236, 228), left - 0.008, top - 0.014, right + 0.008, bottom + 0.014)
    canvas.box((250, 218, 140) if lit else (128, 166, 192), left, top, right, bottom)
    middle, half = (left + right) / 2, (top + bottom) / 2
    canvas.stroke((238, 236, 228), 0.01, middle, top, middle, bottom)
    canvas.stroke((238, 236, 228), 0.01, left, half, right, half)


def porch(canvas: Canvas, chance: random.Random, night: bool) -> Walker:
    """From under the roof over the boards to the lawn and the street."""
    sky(canvas, chance, night, 0.5)
    canvas.fade(*(((30, 50, 40), (22, 38, 32)) if night else ((134, 176, 98), (104, 150, 80))), 0.48, 0.74)
    leaf = (34, 74, 56) if night else (62, 122, 78)
    for x in (0.06, 0.17, 0.82, 0.95):
        tree(canvas, x + chance.uniform(-0.02, 0.02), 0.54, chance.uniform(0.3, 0.42), leaf)
    canvas.shape((86, 88, 96) if night else (176, 172, 164), 0.42, 0.48, 0.5, 0.48, 0.64, 0.76, 0.3, 0.76)
    canvas.fade(*(((74, 56, 46), (54, 40, 34)) if night else ((178, 132, 92), (146, 102, 70))), 0.74, 1)
    for board in range(-3, 10):
        canvas.stroke((112, 80, 56), 0.006, 0.5 + (board - 3) * 0.09, 0.74, 0.5 + (board - 3) * 0.22, 1)
    for post in (0.02, 0.93):
        canvas.box((226, 222, 212) if not night else (120, 122, 132), post, 0, post + 0.05, 0.8)
    canvas.box((206, 202, 192) if not night else (104, 106, 116), 0, 0, 1, 0.07)
    return figure(chance, 0.84, 0.52, night, chance.choice(("person", "courier", "cat", "person")))


def garage(canvas: Canvas, chance: random.Random, night: bool) -> Walker:
    """The drive before the garage door, with a car."""
    sky(canvas, chance, night, 0.46)
    canvas.fade(*(((30, 56, 46), (22, 40, 36)) if night else ((110, 156, 96), (92, 140, 82))), 0.44, 0.7)
    wall = (92, 84, 88) if night else (202, 178, 158)
    canvas.box(wall, 0.08, 0.16, 0.92, 0.68)
    canvas.shape((70, 48, 48) if night else (138, 78, 66), 0.03, 0.18, 0.5, 0.02, 0.97, 0.18)
    canvas.box((150, 152, 160) if night else (236, 236, 232), 0.3, 0.28, 0.86, 0.68)
    for panel in range(1, 4):
        canvas.stroke((178, 178, 176), 0.008, 0.3, 0.28 + panel * 0.1, 0.86, 0.28 + panel * 0.1)
    window(canvas, 0.13, 0.32, 0.24, 0.5, lit=night)
    canvas.fade(*(((56, 58, 66), (40, 42, 50)) if night else ((168, 168, 166), (142, 142, 142))), 0.68, 1)
    paint = chance.choice(CLOTHES)
    canvas.box(paint, 0.46, 0.58, 0.84, 0.72, 0.06)
    canvas.shape(paint, 0.52, 0.6, 0.57, 0.46, 0.73, 0.46, 0.79, 0.6)
    canvas.shape((150, 186, 204), 0.55, 0.58, 0.585, 0.49, 0.72, 0.49, 0.76, 0.58)
    for wheel in (0.54, 0.76):
        canvas.disc((34, 34, 38), wheel, 0.72, 0.055)
        canvas.disc((170, 172, 176), wheel, 0.72, 0.024)
    return figure(chance, 0.92, 0.5, night, chance.choice(("person", "cat", "person")))


def door(canvas: Canvas, chance: random.Random, night: bool) -> Walker:
    """What a doorbell sees: the path to the gate, a hedge, and the visitor."""
    sky(canvas, chance, night, 0.46)
    for house in range(3):
        left = house * 0.36 - 0.05
        canvas.box(mix((188, 142, 122), (40, 44, 66), 0.6 if night else 0), left, 0.28, left + 0.24, 0.48)
        canvas.shape((84, 66, 66), left - 0.02, 0.29, left + 0.12, 0.17, left + 0.26, 0.29)
        window(canvas, left + 0.08, 0.33, left + 0.15, 0.42, lit=night and chance.random() < 0.6)
    canvas.fade(*(((28, 48, 42), (22, 34, 34)) if night else ((118, 162, 90), (88, 132, 72))), 0.46, 1)
    for bush in range(12):
        canvas.disc((30, 62, 48) if night else (70, 126, 72), bush * 0.09, 0.54, 0.08)
    canvas.shape((96, 96, 106) if night else (198, 190, 176), 0.44, 0.5, 0.56, 0.5, 0.8, 1, 0.2, 1)
    for slab in (0.6, 0.74, 0.9):
        canvas.stroke((150, 144, 134), 0.008, 0.5 - slab * 0.26, slab, 0.5 + slab * 0.26, slab)
    return figure(chance, 0.96, 0.74, night, chance.choice(("courier", "courier", "person")))


def living_room(canvas: Canvas, chance: random.Random, night: bool) -> Walker:
    """Sofa, lamp, picture, window."""
    canvas.fade(*(((122, 108, 108), (102, 90, 94)) if night else ((232, 222, 204), (220, 206, 186))), 0, 0.7)
    canvas.fade(*(((96, 72, 58), (78, 58, 48)) if night else ((190, 146, 108), (164, 120, 86))), 0.7, 1)
    window(canvas, 0.1, 0.14, 0.3, 0.46, lit=False)
    if night:
        canvas.box((22, 30, 58), 0.1, 0.14, 0.3, 0.46)
    canvas.box((96, 76, 60), 0.46, 0.13, 0.64, 0.35)
    canvas.box((158, 190, 196), 0.47, 0.15, 0.63, 0.33)
    canvas.shape((98, 132, 108), 0.47, 0.33, 0.53, 0.21, 0.57, 0.27, 0.6, 0.22, 0.63, 0.33)
    canvas.disc((206, 176, 146) if not night else (136, 110, 100), 0.5, 0.86, 0.3, 0.28)
    sofa = chance.choice(((78, 112, 128), (134, 92, 88), (98, 116, 92)))
    canvas.box(sofa, 0.36, 0.46, 0.76, 0.72, 0.05)
    canvas.box(mix(sofa, (255, 255, 255), 0.16), 0.4, 0.58, 0.72, 0.74, 0.04)
    for arm in (0.33, 0.73):
        canvas.box(mix(sofa, (0, 0, 0), 0.15), arm, 0.54, arm + 0.07, 0.78, 0.04)
    canvas.stroke((84, 76, 70), 0.012, 0.87, 0.78, 0.87, 0.36)
    canvas.shape((252, 224, 150) if night else (238, 226, 196), 0.81, 0.4, 0.84, 0.24, 0.9, 0.24, 0.93, 0.4)
    return figure(chance, 0.94, 0.64, night, chance.choice(("person", "person", "cat")))


def kitchen(canvas: Canvas, chance: random.Random, night: bool) -> Walker:
    """Cupboards, tiles, a bowl on the floor, and mostly a cat."""
    canvas.fade(*(((104, 112, 118), (92, 98, 104)) if night else ((226, 234, 234), (212, 222, 224))), 0, 0.7)
    for cupboard in range(5):
        left = cupboard * 0.2 + 0.01
        canvas.box((116, 130, 132) if night else (150, 182, 180), left, 0.02, left + 0.18, 0.24, 0.015)
        canvas.box((110, 124, 126) if night else (142, 174, 172), left, 0.46, left + 0.18, 0.7, 0.015)
        canvas.disc((232, 232, 226), left + 0.155, 0.56, 0.012)
    canvas.box((124, 96, 74) if night else (186, 146, 108), 0, 0.42, 1, 0.46)
    window(canvas, 0.41, 0.27, 0.59, 0.41, lit=False)
    for row in range(3):
        for tile in range(10):
            shade = (118, 112, 108) if (row + tile) % 2 else (150, 144, 138)
            left, top, colour = tile * 0.1, 0.7 + row * 0.1, mix(shade, (255, 255, 255), 0 if night else 0.3)
            canvas.box(colour, left, top, left + 0.1, 0.8 + row * 0.1)
    canvas.disc((196, 76, 64), 0.78, 0.86, 0.05, 0.5)
    return figure(chance, 0.9, 0.6, night, chance.choice(("cat", "cat", "cat", "person")))


def forest(canvas: Canvas, chance: random.Random, night: bool) -> Walker:
    """A clearing among firs, hills behind."""
    sky(canvas, chance, night, 0.55)
    hills = (0, 0.56, 0.18, 0.34, 0.36, 0.5, 0.6, 0.28, 0.86, 0.48, 1, 0.4, 1, 0.56)
    canvas.shape((54, 66, 90) if night else (146, 172, 190), *hills)
    canvas.fade(*(((34, 52, 44), (24, 38, 34)) if night else ((128, 158, 92), (92, 124, 68))), 0.54, 1)
    for x in sorted(chance.uniform(-0.02, 1.02) for _ in range(14)):
        depth = chance.uniform(0.56, 0.72)
        tree(canvas, x, depth, chance.uniform(0.3, 0.6), (28, 62, 52) if night else (50, 104, 72))
    canvas.shape((66, 60, 56) if night else (182, 160, 124), 0.3, 1, 0.46, 0.62, 0.54, 0.62, 0.66, 1)
    return figure(chance, 0.88, 0.4, night, chance.choice(("person", "cat")))


Painter = Callable[[Canvas, random.Random, bool], Walker]

SCENES: dict[str, Painter] = {
    "porch": porch,
    "garage": garage,
    "door": door,
    "living room": living_room,
    "kitchen": kitchen,
    "forest": forest,
}
