"""Drawn camera views: a scene with a figure in it, different each time. Pillow only."""

import io
import random
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from PIL import Image, ImageDraw, ImageFont

from blinkbot.simulator.blinkcloud.pictures.figures import Canvas, Walker
from blinkbot.simulator.blinkcloud.pictures.scenery import SCENES

SIZE = (640, 360)
JPEG_QUALITY = 82


@dataclass(slots=True)
class View:
    """One camera's view at one time: the empty scene, and who walks through it."""

    backdrop: Image.Image
    walker: Walker
    label: str
    _strip: tuple[str, Image.Image] | None = None

    def still(self, progress: float, moment: datetime) -> Image.Image:
        """The view as an RGB image, the walker after this part (0 to 1) of the way, name and time written below."""
        image = self.backdrop.copy()
        self.walker.draw(Canvas(image), progress)
        strip = self._caption(f"{self.label}   {moment:%Y-%m-%d  %H:%M:%S}", image.size)
        image.paste(strip, (0, image.height - strip.height))
        return image

    def _caption(self, text: str, size: tuple[int, int]) -> Image.Image:
        """White letters on a dark strip, drawn again only when the second has changed."""
        if self._strip is None or self._strip[0] != text:
            height = round(size[1] / 13)
            strip = Image.new("RGB", (size[0], height), (16, 18, 24))
            font = ImageFont.load_default(height * 0.6)
            ImageDraw.Draw(strip).text((height / 2, height * 0.14), text, font=font, fill=(240, 240, 236))
            self._strip = (text, strip)
        return self._strip[1]


def view_of(scene: str, label: str, moment: datetime, size: tuple[int, int] = SIZE, seed: int | None = None) -> View:
    """Compose a scene of `scenery.SCENES`; night falls by the hour of `moment`, given in the camera's own zone."""
    chance = random.Random(seed)
    image = Image.new("RGB", size)
    paint = SCENES.get(scene, SCENES["porch"])
    walker = paint(Canvas(image), chance, not 7 <= moment.hour < 18)
    return View(image, walker, printable(label))


def jpeg_of(scene: str, label: str, moment: datetime, size: tuple[int, int] = SIZE, seed: int | None = None) -> bytes:
    """A picture as a JPEG file, with the walker somewhere on the way."""
    progress = random.Random(seed).uniform(0.2, 0.8)
    return encode_jpeg(view_of(scene, label, moment, size, seed).still(progress, moment))


def encode_jpeg(image: Image.Image) -> bytes:
    """An image as a JPEG file."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()


def printable(text: str) -> str:
    """What the built-in font can draw: letters without their accents, no emoji."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().strip()
