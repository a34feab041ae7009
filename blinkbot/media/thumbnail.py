"""Pictures as Telegram takes them, made with Pillow."""

import struct
from io import BytesIO

from blinkbot.errors import MediaError

THUMBNAIL_SIDE = 320  # Pixels. Telegram ignores a larger thumbnail, or one above 200 kB (Bot API, sendVideo).
MOST_PIXELS = 50_000_000  # What a picture may unpack to; three bytes each
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")  # What is opened. Pillow knows formats that start other programs (EPS).
QUALITY = 85  # At this side and quality even pure noise stays below 100 kB


def telegram_thumbnail(picture: bytes) -> bytes:
    """A JPEG of at most 320 pixels a side and 200 kB, not enlarged. Raises MediaError."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(picture), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise MediaError(f"the picture claims to be {image.width} × {image.height} pixels")
            image.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            small = ImageOps.exif_transpose(image).convert("RGBA" if image.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError) as error:
        # Pillow's readers raise all of these on broken files.
        raise MediaError(f"the picture cannot be read: {error}") from error
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    if small.mode == "RGBA":
        white = Image.new("RGBA", small.size, "white")
        small = Image.alpha_composite(white, small).convert("RGB")
    jpeg = BytesIO()
    small.save(jpeg, "JPEG", quality=QUALITY)
    return jpeg.getvalue()
