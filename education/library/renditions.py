"""Make the files that readers get of a picture, or refuse it with a sentence.

Every file is drawn again from the pixels, so nothing else of the upload is left: no place, no camera, no colour
profile, no hidden second file. This runs at the desk only, for editors: no decoder
faces the internet.
"""

import hashlib
import io
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, features

from .uploads import max_size

WIDTHS = (320, 640, 960)  # pixels; a phone shows about 360 × its density, a desktop column 640
TYPES = ["JPEG", "PNG", "WEBP"]
_MAX_SIDE_RATIO = 3  # a strip would be unreadably small, or pages high
_PAPER = (255, 255, 255)  # behind transparent parts
# What a picture never holds, but a second file inside it does.
_OTHER_FILES = re.compile(rb"<(?:script|html|svg)[\s>]|<\?php|<!doctype|%PDF-\d", re.IGNORECASE)
_ZIP_END, _ZIP_END_ROOM = b"PK\x05\x06", 65_557  # the end of an archive, and where programs look for it
Save = Callable[[Image.Image, io.BytesIO], None]


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
    sizes = [drawn.resize((width, _height(drawn, width)), Image.Resampling.LANCZOS) for width in _widths(drawn)]
    return _lightest(sizes)


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


def _height(picture: Image.Image, width: int) -> int:
    return max(1, round(picture.height * width / picture.width))


def _lightest(sizes: list[Image.Image]) -> list[Rendition]:
    """Return the files in each format that is smaller than the one before. JPEG comes first: every browser shows it."""
    kept = _in_format(sizes, "jpg", [_jpeg])
    before = _weight(kept)
    lighter: tuple[tuple[str, Sequence[Save]], ...] = (("webp", [_webp, _webp_drawing]), ("avif", [_avif]))
    for format, ways in lighter:
        made = _in_format(sizes, format, ways) if features.check(format) else []
        if made and _weight(made) < before:
            kept, before = [*kept, *made], _weight(made)
    return kept


def _weight(files: list[Rendition]) -> int:
    return sum(len(file.content) for file in files)


def _in_format(sizes: list[Image.Image], format: str, ways: Sequence[Save]) -> list[Rendition]:
    return [Rendition(min((_saved(one, way) for way in ways), key=len), format, *one.size) for one in sizes]


def _saved(picture: Image.Image, way: Save) -> bytes:
    out = io.BytesIO()
    way(picture, out)
    return out.getvalue()


def _jpeg(picture: Image.Image, out: io.BytesIO) -> None:
    picture.save(out, "JPEG", quality=78, optimize=True, progressive=True)


def _webp(picture: Image.Image, out: io.BytesIO) -> None:
    picture.save(out, "WEBP", quality=76, method=6)


def _webp_drawing(picture: Image.Image, out: io.BytesIO) -> None:
    picture.save(out, "WEBP", lossless=True, quality=80, method=4)  # smaller for flat colours


def _avif(picture: Image.Image, out: io.BytesIO) -> None:
    picture.save(out, "AVIF", quality=60, speed=6)


def _too_many_pixels() -> ValidationError:
    text = _("The picture has more than %(most)d million pixels. Make it smaller.")
    return _refused(text % {"most": settings.PICTURE_MEGAPIXELS})


def _refused(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="picture")
