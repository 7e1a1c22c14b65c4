"""Show the pictures of a text: addresses are made here, from the files of the library."""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core import signing
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from education.models import Picture, PictureFile
from education.rendering import figures
from safetycenter.page_cache import display_modes

SIZES = "(min-width: 48em) 40rem, 92vw"
SIGNED_FOR = 24 * 60 * 60  # seconds, as long as the link of a preview
_signer = signing.TimestampSigner(salt="education.picture")
_signed: ContextVar[bool] = ContextVar("signed_pictures", default=False)
_NAME = re.compile(r"/pictures/([0-9a-f]{32}\.[a-z]+)")
_IN_COPY = re.compile(r' src="/pictures/([0-9a-f]{32}\.[a-z]+)"')
_known_files: dict[str, PictureFile] = {}  # by name, which never changes its content: the size of a page needs no query

Show = Callable[[str], SafeString]


@contextmanager
def signed_addresses() -> Iterator[None]:
    """Give the pictures of pages made in this block signed addresses: a preview shows pictures that are not public."""
    token = _signed.set(True)
    try:
        yield
    finally:
        _signed.reset(token)


def name_from(token: str) -> str | None:
    """Return the name in a signed address, or None if the signature is wrong or too old."""
    try:
        return _signer.unsign(token, max_age=SIGNED_FOR)
    except signing.BadSignature:
        return None


def address(file: PictureFile) -> str:
    """Return the address of ``file`` for the page that is being made."""
    if _signed.get():
        return reverse("admin:education_picture_signed", args=[_signer.sign(file.name)])
    return reverse("plain:picture", args=[file.name])


def shower(*texts: str) -> Show:
    """Return a function that shows the pictures of clean HTML. Takes one query if ``texts`` have pictures."""
    wanted = {key for text in texts for key in figures.keys(text)}
    found: dict[int, list[PictureFile]] = {}
    for file in PictureFile.objects.filter(picture_id__in=wanted).select_related("picture") if wanted else ():
        found.setdefault(file.picture_id, []).append(file)
        _known_files[file.name] = file
    # Marked as safe: the HTML comes from rich_text.clean, which nh3 has sanitized, and _figure escapes what it adds.
    return lambda html: mark_safe(figures.replace(html, lambda one: _figure(one, found.get(one.key, []))))  # noqa: S308


def cover(picture: Picture, alt: str) -> SafeString:
    """Return a picture that stands by itself on a page. Takes one query."""
    html = f'<figure><img {figures.marker(picture.pk)} alt="{escape(alt)}"></figure>'
    return shower(html)(html)


def thumbnail(picture: Picture) -> SafeString:
    """Return the smallest file of each format for a card, whose title says where it leads; nothing in text-only mode.

    Takes no query if ``picture`` was read with its files.
    """
    files = [] if display_modes.is_text() else list(picture.files.all())
    smallest = {one: _of_format(files, one)[:1] for one in PictureFile.Format}
    if not (jpegs := smallest.pop(PictureFile.Format.JPEG)):
        return SafeString()
    shown = jpegs[0]
    lighter = [file for group in smallest.values() for file in group if file.size < shown.size]
    _known_files.update({file.name: file for file in (*lighter, shown)})
    sources = format_html_join(
        "", '<source type="{}" srcset="{}">', ((file.content_type, address(file)) for file in lighter)
    )
    return format_html(
        '<picture>{}<img src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async"></picture>',
        *(sources, address(shown), shown.width, shown.height),
    )


def card(picture: Picture) -> PictureFile | None:
    """Return the file for the preview of a link: the widest JPEG, which every chat can show. Takes one query."""
    return picture.files.filter(format=PictureFile.Format.JPEG).order_by("-width").first()


def _figure(figure: figures.Figure, files: list[PictureFile]) -> str:
    """Return ``figure`` with its picture; in text-only mode, or without its file, with its words instead."""
    picture = files[0].picture if files else None
    if display_modes.is_text() or not files:
        shown = format_html("<p>{}</p>", _("Picture: %(words)s") % {"words": figure.alt}) if figure.alt else ""
    else:
        shown = _picture(figure, files)
    below = _below(figure.caption, picture)
    return f"<figure>{shown}{below}</figure>" if shown or below else ""


def _below(caption: str, picture: Picture | None) -> str:
    credit = ", ".join(filter(None, (picture.credit, picture.licence))) if picture else ""
    credit = f"<small>{escape(credit)}</small>" if credit else ""
    parts = [part for part in (caption, credit) if part]
    return f"<figcaption>{' '.join(parts)}</figcaption>" if parts else ""


def _picture(figure: figures.Figure, files: list[PictureFile]) -> SafeString:
    """Return the picture with its sizes: the lightest format first, JPEG for all browsers, loaded when near."""
    jpegs = _of_format(files, PictureFile.Format.JPEG)
    shown = jpegs[min(1, len(jpegs) - 1)]
    lighter = (_of_format(files, one) for one in PictureFile.Format if one != PictureFile.Format.JPEG)
    sources = format_html_join(
        "",
        '<source type="{}" srcset="{}" sizes="{}">',
        ((group[0].content_type, _srcset(group), SIZES) for group in lighter if group),
    )
    return format_html(
        '<picture>{}<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}" loading="lazy" '
        'decoding="async"></picture>',
        *(sources, address(shown), _srcset(jpegs), SIZES, shown.width, shown.height, figure.alt),
    )


def _of_format(files: list[PictureFile], format: str) -> list[PictureFile]:
    return [file for file in files if file.format == format]


def _srcset(files: list[PictureFile]) -> str:
    return ", ".join(f"{address(file)} {file.width}w" for file in files)


def weight(files: Collection[PictureFile]) -> int:
    """Return the most bytes that a current browser loads of a picture: its largest file in the lightest format."""
    by_format = {one: [file.size for file in files if file.format == one] for one in PictureFile.Format}
    return min((max(sizes) for sizes in by_format.values() if sizes), default=0)


def weight_of_page(html: str) -> int:
    """Return the most bytes that the pictures of a page cost, which this process has just made."""
    by_picture: dict[int, list[PictureFile]] = {}
    for name in set(_NAME.findall(html)) & _known_files.keys():
        by_picture.setdefault(_known_files[name].picture_id, []).append(_known_files[name])
    return sum(weight(files) for files in by_picture.values())


def weight_of_copy(html: str) -> int:
    """Return the bytes of the pictures that an offline copy of a page holds: one file of each, as in the worker."""
    return sum(_known_files[name].size for name in set(_IN_COPY.findall(html)) & _known_files.keys())


def kilobytes(size: int) -> int:
    """Return ``size`` in kilobytes, at least one."""
    return max(1, round(size / 1024))
