"""Read clean rich text: its tags and texts, its blocks as plain words, and its links.

:func:`pieces` is the only place that splits HTML into tags and text. It expects what ``rich_text.clean`` returns.
"""

import html as entities
import re
from dataclasses import dataclass, field
from functools import lru_cache

_TAG = re.compile(r'(</?[a-z](?:[^>"]|"[^"]*")*>)', re.IGNORECASE)  # an attribute value may contain ">"
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_HREF = re.compile(r'\bhref="([^"]*)"')
_BLOCKS = {"p", "h2", "h3", "li", "blockquote", "figcaption"}
_BLOCK = re.compile(r"<(?:p|h2|h3|li|blockquote|figcaption)\b")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+")


@dataclass
class Block:
    """A paragraph, heading or list item: its tag and its words. A line break counts as a space."""

    tag: str
    text: str = ""


@dataclass
class Link:
    """A link: its address and its text."""

    href: str
    text: str = ""


@dataclass
class _Read:
    """The blocks and links of one text."""

    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def pieces(html: str) -> list[str]:
    """Return ``html`` split into texts (at even places) and tags (at odd places). Joined, they are ``html`` again."""
    return _TAG.split(html)


def tag_name(tag: str) -> str:
    """Return the element of a ``tag`` such as ``</h2>``: ``h2``."""
    found = _NAME.match(tag)
    return found[1].lower() if found else ""


@lru_cache(maxsize=256)  # the publish checks of one guide read each of its texts about ten times
def _read(html: str) -> _Read:
    read, in_link = _Read(), False
    for place, piece in enumerate(pieces(html or "")):
        if place % 2 == 0:
            _add(read, entities.unescape(piece), in_link)
        elif (name := tag_name(piece)) == "br":
            _add(read, " ", in_link)
        elif name == "a":
            in_link = not piece.startswith("</")
            if in_link:
                href = _HREF.search(piece)
                read.links.append(Link(entities.unescape(href[1]) if href else ""))
        elif name in _BLOCKS and not piece.startswith("</"):
            _begin(read.blocks, name)
    return read


def _add(read: _Read, text: str, in_link: bool) -> None:
    if not text:
        return
    if not read.blocks:
        read.blocks.append(Block("p"))
    read.blocks[-1].text += text
    if in_link:
        read.links[-1].text += text


def _begin(found: list[Block], tag: str) -> None:
    # The editor puts a paragraph into every list item; both together are one block.
    if not (found and found[-1].tag in {"li", "blockquote"} and not found[-1].text.strip()):
        found.append(Block(tag))


def blocks(html: str) -> list[Block]:
    """Return the blocks of ``html`` that contain words."""
    found = [Block(block.tag, " ".join(block.text.split())) for block in _read(html).blocks]
    return [block for block in found if block.text]


def links(html: str) -> list[Link]:
    """Return the links of ``html`` in order."""
    return [Link(link.href, " ".join(link.text.split())) for link in _read(html).links]


def sentences(html: str) -> list[str]:
    """Return the sentences of ``html``, or of plain text with one block per line."""
    if _BLOCK.search(html):
        texts = [block.text for block in blocks(html)]
    else:  # a checklist: one item per line, which may contain a link
        texts = [" ".join(block.text for block in blocks(line)) for line in html.splitlines()]
    return [part.strip() for text in texts for part in _SENTENCE_END.split(text) if part.strip()]


def words(text: str) -> str:
    """Return the words of rich or plain text in one line."""
    lines = [block.text for block in blocks(text)] if "<" in text else text.split("\n")
    return " ".join(" ".join(lines).split())
