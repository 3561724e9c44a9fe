"""Pictures: decoded and written anew, so that nothing but the picture is kept."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from zhongchuang.files.kinds import JPG
from zhongchuang.files.limits import PIXELS, THUMBNAIL
from zhongchuang.files.problems import FileRefused

PILLOW_NAMES = {"jpg": "JPEG", "png": "PNG"}
KEPT_MODES = {"jpg": ("L", "RGB"), "png": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")}
WHITE = (255, 255, 255)
ACROSS, DOWN = 9, 8
"""Points to which a picture is made small before it is compared: eight differences in each of eight rows."""


def inspect(data, kind):
    """Width, height, the picture written anew, a small one, and what it looks like."""
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=[PILLOW_NAMES[kind]]) as picture:
            found = picture.width * picture.height
            if found > PIXELS:
                raise FileRefused("pixels", found=found // 1_000_000, allowed=PIXELS // 1_000_000)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            clean, small = rewritten(upright, kind), thumbnail(upright)
            return upright.width, upright.height, clean, small, likeness(small)
    except FileRefused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as fault:
        raise FileRefused("damaged") from fault


def rewritten(picture, kind):
    if picture.mode not in KEPT_MODES[kind]:
        picture = picture.convert("RGB")
    picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    out = io.BytesIO()
    options = {"quality": 90} if kind == JPG else {"compress_level": 6}
    picture.save(out, PILLOW_NAMES[kind], exif=b"", **options)
    return out.getvalue()


def thumbnail(picture):
    small = picture.copy() if picture.mode != "P" else picture.convert("RGBA")
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if small.mode in {"RGBA", "LA"}:
        ground = Image.new("RGB", small.size, WHITE)
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    out = io.BytesIO()
    small.convert("RGB").save(out, "JPEG", quality=80)
    return out.getvalue()


def likeness(thumbnail):
    """What a picture looks like in 64 bits (dHash): whether each point is brighter than its neighbour; in hexadecimal.

    It is taken from the small picture that we made, so that older files get the same. Near-identical pictures differ in few bits.
    """
    with Image.open(io.BytesIO(thumbnail), formats=["JPEG"]) as picture:
        grey = picture.convert("L").resize((ACROSS, DOWN), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(DOWN):
        for place in range(row * ACROSS, row * ACROSS + ACROSS - 1):
            bits = bits << 1 | (grey[place] > grey[place + 1])
    return f"{bits:016x}"
