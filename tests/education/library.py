"""Made-up pictures for tests: files drawn here, and pictures of the library."""

import io
from functools import cache
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from education.library import renditions, store
from education.models import Picture
from education.rendering import figures

ADD = "admin:education_picture_add"
_numbers = count(1)


def drawing(width: int = 1000, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A picture of a few flat shapes, no two alike."""
    n = next(_numbers)
    picture = Image.new(mode, (width, height), "#0b5351")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((width * 0.1, height * 0.2, width * 0.5, height * 0.8), fill=(200 - n % 100, 176, 53))
    draw.rectangle((n % 90, 20, n % 90 + 40, 60), fill="#fbf7ee")
    return picture


def photograph() -> bytes:
    """A picture of 1600 × 1200 pixels as a camera makes it: light that fades, details and grain, no two alike."""
    size, bands = (1600, 1200), []
    for turned in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.TRANSPOSE):
        light = Image.linear_gradient("L").transpose(turned).resize(size)
        details = Image.effect_noise((160, 120), 90).resize(size, Image.Resampling.BICUBIC)
        bands.append(Image.blend(Image.blend(light, details, 0.4), Image.effect_noise(size, 40), 0.2))
    return encoded(Image.merge("RGB", bands), "JPEG", quality=92)


def encoded(picture: Image.Image, format: str = "PNG", **options) -> bytes:
    """The bytes of ``picture``."""
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def picture(title: str = "kunci", upload: bytes | None = None, **fields) -> Picture:
    """A picture of the library with alt texts in both languages."""
    words = {"alt_ind": "Kunci kuning", "alt_en": "A yellow key", "caption_ind": "Kuncimu", "caption_en": "Your key"}
    made = Picture.objects.create(title=title, **({"credit": "Redaksi", "licence": "CC BY 4.0"} | words | fields))
    store.put(made, renditions.make(upload, len(upload)) if upload else _files(title))
    return made


def photographs() -> list[Picture]:
    """Three photographs of the library."""
    made = [Picture.objects.create(title=f"foto-{n}", alt_ind="Jalan", alt_en="A road") for n in range(3)]
    for photo, files in zip(made, _files_of_photographs(), strict=True):
        store.put(photo, files)
    return made


@cache
def _files_of_photographs() -> list[list[renditions.Rendition]]:
    return [renditions.make(upload, len(upload)) for upload in (photograph() for _ in range(3))]


@cache
def _files(title: str) -> list[renditions.Rendition]:
    """The files of a separate drawing for each title, made once: this takes most of the time of a test."""
    content = encoded(drawing())
    return renditions.make(content, len(content))


def figure(shown: Picture, alt: str = "Kunci kuning", caption: str = "Kuncimu") -> str:
    """The picture as a text stores it."""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img {figures.marker(shown.pk)} alt="{alt}">{below}</figure>'


def both(shown: Picture) -> dict[str, str]:
    """The texts of a guide that shows the picture in both languages."""
    before = "<h2>Satu</h2><p>Isi.</p>"
    return {
        "body_ind": before + figure(shown),
        "body_en": before + figure(shown, alt="A yellow key", caption="Your key"),
    }


def upload_form(content: bytes, name: str = "a.png", **fields) -> dict:
    """What the form of a new picture sends."""
    words = {
        "title": "kunci",
        "credit": "Redaksi",
        "licence": "CC BY 4.0",
        "alt_ind": "Kunci",
        "caption_ind": "Kuncimu",
    }
    return {"file": SimpleUploadedFile(name, content, "image/png")} | words | fields


def upload(client, content: bytes, **fields):
    """The answer to the form of a new picture."""
    return client.post(reverse(ADD), upload_form(content, **fields))


def address(shown: Picture, format: str = "jpg") -> str:
    """The address of the smallest file in a format, as readers get it."""
    return reverse("plain:picture", args=[shown.files.filter(format=format).first().name])
