"""Draw preview pictures: the title, a small drawing and the kawung pattern in the site's colours."""

from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from . import vector

SIZE = (1200, 630)
FINER = 2  # supersampling factor, for smooth edges
MARGIN, PANEL = 72, 400
WIDEST, TALLEST = SIZE[0] - PANEL - 3 * MARGIN + 24, 330
# Copied from static/css/tokens.css; a test compares them.
PALETTE = {
    "primary-deep": "#073b3a",
    "on-primary-deep": "#f6f1e4",
    "primary": "#0b5351",
    "primary-mist": "#d9e9e4",
    "bg": "#fbf7ee",
    "accent": "#f2b035",
    "on-accent": "#1b2b1f",
}
ART = Path(settings.BASE_DIR) / "templates/_partials/art"
FONT = Path(settings.BASE_DIR) / "static/fonts/plus-jakarta-sans.woff2"


def draw(title: str, above: str, art: str, site: str) -> bytes:
    """Return a preview picture as PNG, 1200 × 630 pixels.

    It shows ``title``, a smaller line ``above`` it, the drawing ``art`` and the name of the site.
    """
    image = _ground().copy()
    _panel(image, art)
    pen = ImageDraw.Draw(image)
    if above:
        pen.text((MARGIN, MARGIN), _cut(above, _font(30, 600)), font=_font(30, 600), fill=PALETTE["accent"])
    lines, font = _fitting(title)
    pen.multiline_text(
        (MARGIN, MARGIN + 62), "\n".join(lines), font=font, fill=PALETTE["on-primary-deep"], spacing=font.size * 0.22
    )
    pen.rectangle((MARGIN, SIZE[1] - 112, MARGIN + 64, SIZE[1] - 106), fill=PALETTE["accent"])
    pen.text((MARGIN, SIZE[1] - 94), site, font=_font(30, 700), fill=PALETTE["on-primary-deep"])
    return _png(image)


def _png(image: Image.Image) -> bytes:
    """Return a PNG with a reduced palette, which saves mobile data."""
    out = BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _ground() -> Image.Image:
    """Return the background with a faint kawung pattern."""
    size = (SIZE[0] * FINER, SIZE[1] * FINER)
    lines, pen_width = Image.new("L", size), round(1.4 * FINER)
    pen, tile = ImageDraw.Draw(lines), 96 * FINER
    for left in range(0, size[0], tile):
        for top in range(0, size[1], tile):
            for x, y, turn in ((0.25, 0.25, 45), (0.75, 0.25, -45), (0.25, 0.75, -45), (0.75, 0.75, 45)):
                petal = vector.ellipse(left + x * tile, top + y * tile, tile * 0.27, tile * 0.125, turn)
                pen.line([*petal, petal[0]], fill=34, width=pen_width)
    image = Image.new("RGB", SIZE, PALETTE["primary-deep"])
    image.paste(PALETTE["accent"], mask=lines.resize(SIZE, Image.Resampling.LANCZOS))
    veil = Image.new("L", SIZE)
    ImageDraw.Draw(veil).rectangle((0, 0, SIZE[0] - PANEL - 2 * MARGIN + 36, SIZE[1]), fill=150)
    image.paste(PALETTE["primary-deep"], mask=veil)  # almost hides the pattern behind the text
    return image


def _panel(image: Image.Image, art: str) -> None:
    """Draw ``art`` on a light card at the right."""
    left, top = SIZE[0] - PANEL - MARGIN, (SIZE[1] - PANEL) // 2
    card = Image.new("RGB", (PANEL * FINER, PANEL * FINER), PALETTE["primary-mist"])
    _paint(card, art)
    shape = Image.new("L", card.size)
    ImageDraw.Draw(shape).rounded_rectangle((0, 0, *card.size), radius=36 * FINER, fill=255)
    small = (PANEL, PANEL)
    image.paste(
        card.resize(small, Image.Resampling.LANCZOS), (left, top), shape.resize(small, Image.Resampling.LANCZOS)
    )


def _paint(card: Image.Image, art: str) -> None:
    scale = card.size[0] * 0.84 / 120
    moved = (round(card.size[0] * 0.08), round((card.size[1] - 96 * scale) / 2))
    inner = (round(120 * scale), round(96 * scale))
    for element, outlines in vector.shapes((ART / f"{art}.svg").read_text()):
        colour, strength = _colour(element.get("class", ""))
        mask = vector.mask(element, outlines, inner, scale).point(lambda value, part=strength: round(value * part))
        card.paste(colour, moved, mask)


def _colour(name: str) -> tuple[str, float]:
    """Return colour and opacity of a class in the drawings, as in static/css/base.css."""
    named = {"sun": "accent", "mist": "bg", "pit": "on-accent"}
    return PALETTE[named.get(name, "primary")], 0.35 if name == "soft" else 1


@cache
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight])
    return font


def _fitting(title: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """Return the lines of the title in the largest font that fits."""
    for size in range(68, 32, -4):
        font = _font(size, 800)
        lines = _wrapped(title, font)
        if len(lines) * size * 1.26 <= TALLEST and all(font.getlength(line) <= WIDEST for line in lines):
            break
    return lines, font


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > WIDEST:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    return text if font.getlength(text) <= WIDEST else _cut(text.removesuffix("…")[:-1].rstrip() + "…", font)
