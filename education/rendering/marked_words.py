"""Split rich or plain text into words with their marks, so that a comparison shows bold, lists and link addresses."""

import html as entities
import re
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from education.rendering import boxes, figures, html_text

_TOKEN = re.compile(r"\n|[^\S\n]+|\S+")
_RICH = re.compile(r"<(?:p|h2|h3|ul|ol|li|blockquote|figure|figcaption|img|a|strong|em|b|i|br)\b", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|h2|h3|ul|ol|li|blockquote|figure|figcaption)\b", re.IGNORECASE)
_BLOCKS = {"p", "h2", "h3", "li", "blockquote", "figcaption"}
_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
_PREFIX = {"h2": "— ", "h3": "– ", "blockquote": "» "}
_HREF = re.compile(r'\bhref="([^"]*)"')


@dataclass(frozen=True)
class Token:
    """A word, a space or a line break, with its marks (``strong``, ``em``)."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass
class _Reader:
    """Collects the tokens of one text."""

    is_block_text: bool
    found: list[Token] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)  # the number of the last item, None in a bulleted list
    dots: list[str] = field(default_factory=list)  # what follows the number in each of these lists
    href: str = ""
    line_is_begun: bool = True  # whether the line has only its prefix so far


def tokens(text: str) -> list[Token]:
    """Return the words of ``text``: a list item begins with its bullet or number, a link ends with its address.

    A box begins with its name, and a step with a number like ``1)``. Pictures come last, each with its alt text.
    """
    if not _RICH.search(text):
        return [Token(part) for part in _TOKEN.findall(text)]
    reader = _Reader(bool(_BLOCK.search(text)))
    for place, piece in enumerate(html_text.pieces(text)):
        if place % 2 == 0:
            _read_text(reader, entities.unescape(piece))
        else:
            _read_tag(reader, html_text.tag_name(piece), piece)
    for picture in figures.figures(text):
        words = _("Picture %(key)d: %(words)s") % {"key": picture.key, "words": picture.alt or "–"}
        reader.found += [Token("\n"), *(Token(part) for part in _TOKEN.findall(words))]
    return reader.found


def is_same(old: str, new: str) -> bool:
    """Return whether two texts show the same. The browser editor may write the same with other tags."""
    return tokens(old) == tokens(new)


def digest(text: str) -> str:
    """Return a value that changes with what ``text`` shows, the same for people who read another language."""
    with override("en"):  # boxes and pictures are named in words
        words = [(token.text, sorted(token.marks)) for token in tokens(text)]
    return sha256(repr(words).encode()).hexdigest()[:16]


def as_html(found: list[Token]) -> str:
    """Return the words of ``found`` as one string, as safe HTML if any of them is marked."""
    if not any(token.marks for token in found):
        return "".join(token.text for token in found)
    runs = [(marks, "".join(token.text for token in run)) for marks, run in groupby(found, lambda token: token.marks)]
    return format_html_join("", "{}", ((_marked(text, marks),) for marks, text in runs))


def changed_marks(before: list[Token], after: list[Token]) -> str:
    """Return in words which marks changed, if the words are the same; else the empty string."""
    if [token.text for token in before] != [token.text for token in after]:
        return ""
    old, new = (set().union(*(token.marks for token in some)) for some in (before, after))
    words = {
        "strong": (pgettext("text", "now bold"), _("no longer bold")),
        "em": (pgettext("text", "now italic"), _("no longer italic")),
    }
    return ", ".join([words[mark][0] for mark in sorted(new - old)] + [words[mark][1] for mark in sorted(old - new)])


def _marked(text: str, marks: frozenset[str]) -> str:
    for mark in sorted(marks):
        text = format_html("<strong>{}</strong>" if mark == "strong" else "<em>{}</em>", text)
    return text


def _read_text(reader: _Reader, text: str) -> None:
    text = re.sub(r"\s+", " ", text) if reader.is_block_text else text
    if reader.is_block_text and reader.line_is_begun:
        text = text.lstrip()
    if text:
        reader.line_is_begun = False
        reader.found += [Token(part, frozenset(reader.marks)) for part in _TOKEN.findall(text)]


def _read_tag(reader: _Reader, name: str, tag: str) -> None:
    closing = tag.startswith("</")
    if name in _MARKS:
        _read_mark(reader, _MARKS[name], closing)
    elif name == "a":
        _read_link(reader, tag, closing)
    elif name in {"ul", "ol"}:
        _read_list(reader, name, tag, closing)
    elif name == "br":
        reader.found.append(Token("\n"))
    elif not closing and name in _BLOCKS:
        _begin_line(reader, name, boxes.BOXES.get(boxes.class_of(tag), ""))


def _read_mark(reader: _Reader, mark: str, closing: bool) -> None:
    if not closing:
        reader.marks.append(mark)
    elif mark in reader.marks:
        reader.marks.remove(mark)


def _read_link(reader: _Reader, tag: str, closing: bool) -> None:
    if not closing:
        found = _HREF.search(tag)
        reader.href = entities.unescape(found[1]) if found else ""
    elif reader.href:
        reader.found += [Token(" "), Token("→"), Token(" "), Token(reader.href)]


def _read_list(reader: _Reader, name: str, tag: str, closing: bool) -> None:
    if closing:
        reader.lists, reader.dots = reader.lists[:-1], reader.dots[:-1]
    else:
        reader.lists.append(0 if name == "ol" else None)
        reader.dots.append(")" if boxes.class_of(tag) == boxes.STEPS else ".")


def _begin_line(reader: _Reader, name: str, box: Any) -> None:
    prefix = f"[{box}] " if box else ""
    if not (name == "p" and reader.line_is_begun):  # the editor puts a paragraph into every list item
        prefix = prefix or _PREFIX.get(name, "") or _item_prefix(reader, name)
        if reader.found:
            reader.found.append(Token("\n"))
    reader.line_is_begun = True
    reader.found += [Token(part) for part in _TOKEN.findall(prefix)]


def _item_prefix(reader: _Reader, name: str) -> str:
    if name != "li" or not reader.lists:
        return ""
    if reader.lists[-1] is None:
        return "• "
    reader.lists[-1] += 1
    return f"{reader.lists[-1]}{reader.dots[-1]} "
