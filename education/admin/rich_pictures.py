"""Pictures in the rich text editor: the addresses that it shows them by, and what a text may not be saved with."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from education.models import Picture, PictureFile
from education.rendering import figures, rich_text

from . import picture_picker


def config(language: str) -> dict[str, Any]:
    """Return the configuration of the editor for a text in ``language``: with the picker of the library."""
    picker = {"pickerUrl": picture_picker.url(language)}
    return {"extensions": rich_text.EXTENSIONS | {"Figure": picker}}


def add_addresses(initial: dict[str, Any], names: Iterable[str]) -> None:
    """Give the pictures in the texts ``names`` of a form an address, without which the editor would leave them out."""
    texts = {name: initial.get(name) or "" for name in names}
    pictures = _by_key({key for html in texts.values() for key in figures.keys(html)})
    for name, html in texts.items():
        if figures.keys(html):
            initial[name] = figures.replace(html, lambda figure: _editable(figure, pictures.get(figure.key)))


def with_addresses(html: SafeString) -> SafeString:
    """Return rendered rich text whose pictures staff see."""
    shown = {"": html}
    add_addresses(shown, shown.keys())
    return mark_safe(shown[""])  # noqa: S308 - only addresses of our own files were added


def refusal(typed: str) -> str | None:
    """Return why a text cannot be saved with its pictures, or ``None``. ``typed`` is what the browser sent."""
    kept = rich_text.clean(typed)
    if figures.lost(typed, kept) > 0:
        return _(
            "A picture in this text is not from the library, or it is inside a line. Take it out, and choose it with "
            "the button of the editor; add it to the library first. Nothing else of your text is lost."
        )
    found = figures.figures(kept)
    pictures = _by_key({figure.key for figure in found})
    for figure in found:
        if (picture := pictures.get(figure.key)) is None:
            return _("A picture in this text is not in the library any more. Take it out.")
        if not figure.alt and not picture.decorative:
            text = _("The picture “%(name)s” has no alt text here. Click it, press the button again, and write it.")
            return text % {"name": picture}
    return None


def _by_key(keys: set[int]) -> dict[int, Picture]:
    return Picture.objects.prefetch_related("files").in_bulk(keys) if keys else {}


def _editable(figure: figures.Figure, picture: Picture | None) -> str:
    files = [file for file in picture.files.all() if file.format == PictureFile.Format.JPEG] if picture else []
    address = reverse("admin:education_picture_file", args=[files[0].name if files else "missing"])
    image = f'<img data-file="{figure.key}" alt="{escape(figure.alt)}" src="{address}">'
    below = f"<figcaption>{figure.caption}</figcaption>" if figure.caption else ""
    return f"<figure>{image}{below}</figure>"
