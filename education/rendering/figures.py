"""Pictures in rich text, as they are stored: by their id in the library, never by an address.

``<figure><img data-file="7" alt="A key"><figcaption>Your key</figcaption></figure>``; an empty ``alt`` is decoration.
:func:`tidy` removes everything else that is a picture. Addresses are made when a page is (``rendering.pictures``).
"""

import html as entities
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.html import escape

from education.rendering.html_text import pieces, tag_name

TAGS = {"figure", "img", "figcaption"}
ATTRIBUTES = {"img": {"data-file", "alt"}}
KEY = re.compile(r"[1-9]\d{0,8}")
_ATTRIBUTE = re.compile(r'\s(data-file|alt)="([^"]*)"')
_IN_LINE = {"p", "h2", "h3", "a", "strong", "em", "figcaption"}  # a figure inside these is not valid HTML
_CAPTION_TAGS = {"a", "strong", "em"}
_FIGURE = re.compile(
    rf'<figure><img data-file="({KEY.pattern})" alt="([^"]*)">(?:<figcaption>(.*?)</figcaption>)?</figure>', re.DOTALL
)
_RAW_IMAGE = re.compile(r"<img\b", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A picture of a text: the id of its library row, its alt text, and its caption as clean HTML."""

    key: int
    alt: str
    caption: str = ""


def figures(html: str) -> list[Figure]:
    """Return the pictures of clean ``html``, in order."""
    return [_figure(match) for match in _FIGURE.finditer(html or "")]


def keys(html: str) -> set[int]:
    """Return the ids of the pictures of clean ``html``."""
    return {figure.key for figure in figures(html)}


def marker(key: int) -> str:
    """Return the string that every text with the picture ``key`` contains."""
    return f'data-file="{key}"'


def image(figure: Figure) -> str:
    """Return the image of ``figure`` as every text that says the same of it contains it."""
    return f'<img {marker(figure.key)} alt="{escape(figure.alt)}">'


def replace(html: str, show: Callable[[Figure], str]) -> str:
    """Return clean ``html`` with ``show(figure)`` in place of each picture."""
    return _FIGURE.sub(lambda match: show(_figure(match)), html)


def lost(typed: str, kept: str) -> int:
    """Return how many pictures of ``typed``, HTML as a browser sent it, are not in its clean form ``kept``."""
    return len(_RAW_IMAGE.findall(typed or "")) - len(figures(kept))


def tidy(html: str) -> str:
    """Return ``html``, the output of nh3, whose pictures all have the form above; other pictures are removed."""
    if "<img" not in html and "<fig" not in html:
        return html
    return "".join(_tidied(pieces(html)))


def _figure(match: re.Match) -> Figure:
    return Figure(int(match[1]), entities.unescape(match[2]), match[3] or "")


def _tidied(parts: list[str]) -> Iterator[str]:
    open_tags: list[str] = []
    place = 0
    while place < len(parts):
        part = parts[place]
        name = tag_name(part) if place % 2 else ""
        if name == "figure" and not part.startswith("</"):
            end = _end_of(parts, place, "figure")
            inside = parts[place + 1 : end]
            yield _one_figure(inside, not _IN_LINE & set(open_tags)) or _words_only(inside)
            place = end + 1
            continue
        if name == "img" and not _IN_LINE & set(open_tags):
            yield _one_figure([part], allowed=True)
        elif name not in TAGS:
            _follow(open_tags, name, part)
            yield part
        place += 1


def _follow(open_tags: list[str], name: str, part: str) -> None:
    """Note which elements that hold text in a line are open. nh3 closes every element."""
    if name not in _IN_LINE:
        return
    if not part.startswith("</"):
        open_tags.append(name)
    elif name in open_tags:
        open_tags.remove(name)


def _end_of(parts: list[str], begin: int, name: str) -> int:
    """Return the place of the tag that closes the element at ``begin``, or the last place."""
    depth = 0
    for place in range(begin, len(parts)):
        if place % 2 and tag_name(parts[place]) == name:
            depth += -1 if parts[place].startswith("</") else 1
            if depth == 0:
                return place
    return len(parts) - 1


def _one_figure(inside: list[str], allowed: bool) -> str:
    """Return one picture in its stored form, or nothing if it is not one of the library or stands inside a line."""
    images = [part for part in inside if tag_name(part) == "img" and part.startswith("<")]
    attributes = dict(_ATTRIBUTE.findall(images[0])) if images else {}
    if not allowed or not KEY.fullmatch(attributes.get("data-file", "")):
        return ""
    alt = escape(" ".join(entities.unescape(attributes.get("alt", "")).split()))
    caption = _caption(inside)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img {marker(int(attributes["data-file"]))} alt="{alt}">{below}</figure>'


def _words_only(inside: list[str]) -> str:
    """Return what is left of a figure without a picture: its words must not be lost."""
    return "".join(part for part in inside if not part.startswith("<") or tag_name(part) not in TAGS)


def _caption(inside: list[str]) -> str:
    """Return the words of the caption and their marks, without any block inside it."""
    begin = next((i for i, part in enumerate(inside) if part.lower().startswith("<figcaption")), None)
    if begin is None:
        return ""
    words = inside[begin + 1 : _end_of(inside, begin, "figcaption")]
    return "".join(part for part in words if not part.startswith("<") or tag_name(part) in _CAPTION_TAGS).strip()
