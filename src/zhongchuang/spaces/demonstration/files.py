"""Small files to stand as evidence. They are drawn, so that nothing of anybody lies behind them."""

import io
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

PAPER, INK, PALE = "#ffffff", "#1f2933", "#dde7f3"
TONES = (
    ("#cfe3f5", "#eef1f4", "#c9b79c"), ("#d8ead2", "#f4f0e8", "#a9b0b8"), ("#f6dfc4", "#e8edf3", "#b59f84"),
)  # fmt: skip
SHEET = (620, 877)
PLAN = (900, 560)


def lettered(draw, place, text, size):
    draw.text(place, text, fill=INK, font=ImageFont.load_default(size))


def saved(picture, name, kind):
    out = io.BytesIO()
    picture.save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


def contract(space):
    """A page that says that it is a sample of a contract."""
    page = Image.new("RGB", SHEET, PAPER)
    draw = ImageDraw.Draw(page)
    lettered(draw, (60, 70), "SAMPLE", 44)
    lettered(draw, (60, 130), f"Lease contract, invented, {space.code}", 18)
    for line in range(22):
        draw.rectangle((60, 190 + line * 28, 560 - line % 5 * 30, 198 + line * 28), fill=PALE)
    return saved(page, f"contract-{space.code}.pdf", "PDF")


def plan(space):
    """A floor plan with rows of desks."""
    sheet = Image.new("RGB", PLAN, PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((20, 60, 880, 540), outline=INK, width=4)
    draw.line((600, 60, 600, 540), fill=INK, width=3)
    for row in range(5):
        for place in range(8):
            left, top = 60 + place * 64, 100 + row * 84
            draw.rectangle((left, top, left + 44, top + 30), fill=PALE, outline=INK)
    lettered(draw, (20, 18), f"SAMPLE  {space.code}", 24)
    return saved(sheet, f"plan-{space.code}.png", "PNG")


def photograph(space, number):
    """What stands for a photograph: a room with a window, in a tone of its own."""
    sky, wall, floor = TONES[number % len(TONES)]
    room = Image.new("RGB", PLAN, wall)
    draw = ImageDraw.Draw(room)
    draw.polygon([(0, 560), (900, 560), (720, 400), (180, 400)], fill=floor)
    draw.rectangle((260, 90, 640, 300), fill=sky, outline=PAPER, width=8)
    for place in range(4):
        draw.rectangle((200 + place * 130, 380, 290 + place * 130, 440), fill=PAPER, outline=INK)
    lettered(draw, (20, 18), f"SAMPLE  {space.code}  {number + 1}", 24)
    return saved(room, f"photograph-{space.code}-{number + 1}.png", "PNG")


@cache
def material(slot):
    """What stands for a material of an application: the bytes of a page, drawn once, so that it is looked at once."""
    page = Image.new("RGB", SHEET, PAPER)
    draw = ImageDraw.Draw(page)
    lettered(draw, (60, 70), "SAMPLE", 44)
    lettered(draw, (60, 130), f"Material “{slot}” of an application, invented", 18)
    for line in range(18):
        draw.rectangle((60, 190 + line * 34, 560 - line % 4 * 40, 199 + line * 34), fill=PALE)
    out = io.BytesIO()
    page.save(out, "PDF")
    return out.getvalue()
