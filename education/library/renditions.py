"""Make the files that readers get of a picture, or refuse it with a sentence.

Every file is drawn again from the pixels, so nothing else of the upload is left: no place, no camera, no colour
profile, no hidden second file. This runs at the desk only, for editors: no decoder
faces the internet.
"""

import hashlib
import io
import re
from contextlib import suppress
from dataclasses import dataclass
from math import sqrt
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, features

from .uploads import max_size

WIDTHS = (320, 640, 960)  # pixels; a phone shows about 360 × its density, a desktop column 640
# Of each file. Quality bar: a first visit has at most 45 KB without pictures, and a page with three pictures at most
# 100 KB, whatever the density of the screen (``checks.pictures.check_page_weight`` says so before publication).
MAX_BYTES = 18 * 1024
_HOPELESS = 2.5  # times the limit: only the lowest quality is tried, because those between cannot fit
_NARROWER = 0.9  # the most that is left of the width, when a picture is too heavy in the lowest quality
_WIDER = 1.2  # a file that is less wider than the one before is left out
# By format: the ways to save a file, of which the lightest is taken, and those of lower quality, the best first.
_BEST: dict[str, list[dict[str, Any]]] = {
    "jpg": [{"quality": 78, "optimize": True, "progressive": True}],
    "webp": [{"quality": 76, "method": 6}, {"lossless": True, "quality": 80, "method": 4}],  # for flat colours
    "avif": [{"quality": 60, "speed": 6}],
}
_LOWER: dict[str, list[dict[str, Any]]] = {
    "jpg": [{"quality": quality, "optimize": True, "progressive": True} for quality in (66, 54, 44)],
    "webp": [{"quality": quality, "method": 6} for quality in (62, 50, 40)],
    "avif": [{"quality": quality, "speed": 6} for quality in (50, 42, 34)],
}
_NAMES = {"jpg": "JPEG", "webp": "WEBP", "avif": "AVIF"}
TYPES = ["JPEG", "PNG", "WEBP"]
_MAX_SIDE_RATIO = 3  # a strip would be unreadably small, or pages high
_PAPER = (255, 255, 255)  # behind transparent parts
# What a picture never holds, but a second file inside it does.
_OTHER_FILES = re.compile(rb"<(?:script|html|svg)[\s>]|<\?php|<!doctype|%PDF-\d", re.IGNORECASE)
_ZIP_END, _ZIP_END_ROOM = b"PK\x05\x06", 65_557  # the end of an archive, and where programs look for it


@dataclass(frozen=True)
class Rendition:
    """One file: its bytes, format (a value of ``PictureFile.Format``), width and height."""

    content: bytes
    format: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Return the name: a digest of the bytes and the ending."""
        return f"{hashlib.sha256(self.content).hexdigest()[:32]}.{self.format}"


def make(upload: bytes, size: int) -> list[Rendition]:
    """Return the files of the picture in ``upload``, of which the browser sent ``size`` bytes.

    Raises ValidationError with a sentence for the editor.
    """
    if size > max_size():
        raise _refused(_("The picture has more than %(most)d MB. Make it smaller.") % {"most": settings.PICTURE_MB})
    _require_single_file(upload)
    drawn = _drawn(upload)
    return _lightest([_resized(drawn, width) for width in _widths(drawn)])


def _require_single_file(upload: bytes) -> None:
    head = upload[:512].lstrip().lower()
    if head.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        raise _refused(_("SVG drawings can contain programs. Save it as PNG and upload that."))
    if _OTHER_FILES.search(upload) or _ZIP_END in upload[-_ZIP_END_ROOM:]:
        raise _refused(_("Another file is hidden in this picture. Save it again in a picture program and upload that."))


def _drawn(upload: bytes) -> Image.Image:
    """Return the pixels of ``upload``: upright, in the colours of screens, and without anything else."""
    try:
        with Image.open(io.BytesIO(upload), formats=TYPES) as picture:
            _require_size(picture)
            if picture.format == "JPEG":
                picture.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # decodes no more pixels than needed
            picture.load()
            picture.thumbnail((3 * WIDTHS[-1], 3 * WIDTHS[-1]))  # each step below copies the pixels
            return _flat(_in_screen_colours(ImageOps.exif_transpose(picture)))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise _refused(_("This is not a JPEG, PNG or WebP picture, or it is damaged.")) from error


def _require_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > settings.PICTURE_MEGAPIXELS * 1_000_000:
        raise _too_many_pixels()
    if getattr(picture, "n_frames", 1) > 1:
        raise _refused(_("The picture moves. Choose one that stands still."))
    if min(width, height) < WIDTHS[0] / _MAX_SIDE_RATIO or max(width, height) < WIDTHS[0]:
        raise _refused(_("The picture is too small: it needs at least %(least)d pixels.") % {"least": WIDTHS[0]})
    if max(width, height) > _MAX_SIDE_RATIO * min(width, height):
        raise _refused(_("The picture is too narrow: its long side may be three times its short side."))


def _in_screen_colours(picture: Image.Image) -> Image.Image:
    """Return ``picture`` in sRGB, because the files carry no colour profile. A damaged profile is ignored."""
    profile = picture.info.get("icc_profile")
    if profile and features.check("littlecms2") and picture.mode in {"RGB", "CMYK", "L"}:
        with suppress(ImageCms.PyCMSError, OSError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return converted or picture
    return picture


def _flat(picture: Image.Image) -> Image.Image:
    """Return a new picture with the pixels of ``picture`` alone, transparent parts on white."""
    clear = picture.convert("RGBA")
    paper = Image.new("RGB", clear.size, _PAPER)
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _widths(picture: Image.Image) -> list[int]:
    return [width for width in WIDTHS if width <= picture.width] or [picture.width]


def _resized(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _lightest(sizes: list[Image.Image]) -> list[Rendition]:
    """Return the files in each format that is smaller than the one before. JPEG comes first: every browser shows it.

    Formats are compared in their best quality, before any file is made lighter.
    """
    kept: list[Rendition] = []
    before = None
    for format in ("jpg", "webp", "avif"):
        best = [_best(size, format) for size in sizes] if format == "jpg" or features.check(format) else []
        weight = sum(map(len, best))
        if best and (before is None or weight < before):
            kept, before = [*kept, *_within_limit(sizes, best, format)], weight
    return kept


def _best(picture: Image.Image, format: str) -> bytes:
    return min((_saved(picture, format, options) for options in _BEST[format]), key=len)


def _within_limit(sizes: list[Image.Image], best: list[bytes], format: str) -> list[Rendition]:
    """Return a file of each of ``sizes``, the smallest first, without those that are hardly wider than the last."""
    files: list[Rendition] = []
    for size, content in zip(sizes, best, strict=True):
        file = _fitting(size, content, format, files[-1].width * _WIDER if files else 1)
        if file:
            files.append(file)
    return files


def _fitting(picture: Image.Image, content: bytes, format: str, least: float) -> Rendition | None:
    """Return the file of ``picture`` within ``MAX_BYTES``: ``content``, which is its best, or a lighter one.

    None, if it would be narrower than ``least``.
    """
    steps = [*_LOWER[format]] if len(content) < _HOPELESS * MAX_BYTES else [_LOWER[format][-1]]
    while len(content) > MAX_BYTES:
        if not steps:
            picture = _resized(picture, int(picture.width * min(_NARROWER, sqrt(MAX_BYTES / len(content)))))
            steps = [_LOWER[format][-1]]
            if picture.width < least:
                return None
        content = _saved(picture, format, steps.pop(0))
    return Rendition(content, format, *picture.size)


def _saved(picture: Image.Image, format: str, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    picture.save(out, _NAMES[format], **options)
    return out.getvalue()


def _too_many_pixels() -> ValidationError:
    text = _("The picture has more than %(most)d million pixels. Make it smaller.")
    return _refused(text % {"most": settings.PICTURE_MEGAPIXELS})


def _refused(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="picture")
