"""A canvas, and the figures that walk across it. Coordinates are fractions of the picture, so any size works."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
CAT_HEIGHT = 0.36
"""Of a person's; cats in these neighbourhoods are well fed."""
SKIN: tuple[Colour, ...] = ((236, 198, 168), (198, 146, 110), (142, 96, 70), (96, 64, 48))
FUR: tuple[Colour, ...] = ((70, 66, 66), (206, 138, 74), (150, 142, 134), (232, 224, 212))
CLOTHES: tuple[Colour, ...] = (
    (196, 62, 54),
    (48, 106, 176),
    (58, 140, 92),
    (222, 164, 44),
    (120, 82, 160),
    (44, 50, 66),
)


class Canvas:
    """An image drawn on in fractions of its width and height."""

    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image)
        self.width, self.height = image.size

    def _points(self, numbers: tuple[float, ...]) -> list[tuple[float, float]]:
        return [(x * self.width, y * self.height) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]

    def box(self, colour: Colour, left: float, top: float, right: float, bottom: float, radius: float = 0.0) -> None:
        """A rectangle, with rounded corners if a radius (of the height) is given."""
        self.draw.rounded_rectangle(self._points((left, top, right, bottom)), radius * self.height, colour)

    def shape(self, colour: Colour, *numbers: float) -> None:
        """A polygon through x, y, x, y, …"""
        self.draw.polygon(self._points(numbers), colour)

    def disc(self, colour: Colour, x: float, y: float, radius: float, squash: float = 1.0) -> None:
        """A disc; the radius is of the height."""
        cx, cy, r = x * self.width, y * self.height, radius * self.height
        self.draw.ellipse((cx - r, cy - r * squash, cx + r, cy + r * squash), colour)

    def stroke(self, colour: Colour, thickness: float, *numbers: float) -> None:
        """A line with round joints; the thickness is of the height."""
        self.draw.line(self._points(numbers), colour, max(1, round(thickness * self.height)), "curve")

    def fade(self, upper: Colour, lower: Colour, top: float, bottom: float) -> None:
        """A vertical gradient over the whole width."""
        first, last = round(top * self.height), round(bottom * self.height)
        column = Image.new("RGB", (1, max(1, last - first)))
        for y in range(column.height):
            column.putpixel((0, y), mix(upper, lower, y / max(1, column.height - 1)))
        self.image.paste(column.resize((self.width, column.height)), (0, first))


@dataclass(frozen=True, slots=True)
class Walker:
    """A figure on its way from `start` to `end` (x), feet at `ground` (y), so tall; a person, courier or cat."""

    kind: str
    start: float
    end: float
    ground: float
    size: float
    clothes: Colour
    skin: Colour
    night: bool = False

    def draw(self, canvas: Canvas, progress: float) -> None:
        """Paint the figure where it is after this part (0 to 1) of its way."""
        x = self.start + (self.end - self.start) * progress
        stride = math.sin(progress * math.pi * 10)
        canvas.disc(mix((0, 0, 0), (90, 90, 84), 0.5), x, self.ground, self.size * 0.22, 0.25)
        if self.kind == "cat":
            self._cat(canvas, x, stride)
        else:
            self._person(canvas, x, stride)

    def _tone(self, colour: Colour) -> Colour:
        return mix(colour, (24, 28, 44), 0.45) if self.night else colour

    def _person(self, canvas: Canvas, x: float, stride: float) -> None:
        tall, unit = self.size, self.size * canvas.height / canvas.width
        hip, neck = self.ground - tall * 0.45, self.ground - tall * 0.8
        trousers, shirt, skin = self._tone((52, 58, 74)), self._tone(self.clothes), self._tone(self.skin)
        for side in (-1, 1):
            canvas.stroke(trousers, tall * 0.1, x, hip, x + side * stride * unit * 0.2, self.ground)
            canvas.stroke(shirt, tall * 0.08, x, neck + tall * 0.06, x - side * stride * unit * 0.22, hip)
        canvas.box(shirt, x - unit * 0.13, neck, x + unit * 0.13, hip + tall * 0.04, tall * 0.07)
        canvas.disc(skin, x, neck - tall * 0.09, tall * 0.1)
        hat, brim = self._tone(mix(self.clothes, (0, 0, 0), 0.3)), neck - tall * 0.1
        canvas.shape(hat, x - unit * 0.11, brim, x, neck - tall * 0.22, x + unit * 0.11, brim)
        if self.kind == "courier":
            canvas.box(self._tone((190, 142, 88)), x + unit * 0.08, neck + tall * 0.12, x + unit * 0.36, hip)

    def _cat(self, canvas: Canvas, x: float, stride: float) -> None:
        tall, unit = self.size, self.size * canvas.height / canvas.width
        fur, back = self._tone(self.clothes), self.ground - tall * 0.45
        ahead = 1 if self.end > self.start else -1
        for leg in (-0.5, -0.36, 0.34, 0.48):
            sway = stride * 0.1 * (1 if leg in (-0.5, 0.34) else -1)
            canvas.stroke(fur, tall * 0.1, x + unit * leg, back, x + unit * (leg + sway), self.ground)
        canvas.box(fur, x - unit * 0.58, back - tall * 0.18, x + unit * 0.58, back + tall * 0.16, tall * 0.16)
        head = x + ahead * unit * 0.66
        canvas.disc(fur, head, back - tall * 0.28, tall * 0.22)
        for ear in (-0.16, 0.1):
            tip = head + unit * (ear + 0.03)
            left, right = (tip - unit * 0.08, back - tall * 0.38), (tip + unit * 0.12, back - tall * 0.4)
            canvas.shape(fur, tip, back - tall * 0.66, *left, *right)
        tail = x - ahead * unit * 0.56
        bend, end = (tail - ahead * unit * 0.24, back - tall * 0.3), (tail - ahead * unit * 0.2, back - tall * 0.56)
        canvas.stroke(fur, tall * 0.08, tail, back, *bend, *end)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """A colour between two: 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def figure(chance: random.Random, ground: float, size: float, night: bool, kind: str = "person") -> Walker:
    """A figure with clothes, direction and a little of the height left to chance."""
    start, end = chance.choice(((-0.08, 1.08), (1.08, -0.08)))
    colour = chance.choice(FUR if kind == "cat" else CLOTHES)
    size *= chance.uniform(0.92, 1.08) * (CAT_HEIGHT if kind == "cat" else 1)
    return Walker(kind, start, end, ground, size, colour, chance.choice(SKIN), night)
