"""Extract what a reader sees of rich text: its blocks as plain words, and its links."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_BLOCKS = {"p", "h2", "h3", "li", "blockquote"}
_BLOCK = re.compile(r"<(?:p|h2|h3|li|blockquote)\b")
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


class _Reader(HTMLParser):
    """HTML parser that collects the blocks and links of one text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self._in_link = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begin a block or a link."""
        if tag in _BLOCKS:
            self._begin(tag)
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "a":
            self.links.append(Link(dict(attributes).get("href") or ""))
            self._in_link = True

    def handle_endtag(self, tag: str) -> None:
        """End a link. A block ends where the next one begins."""
        self._in_link = self._in_link and tag != "a"

    def handle_data(self, data: str) -> None:
        """Add words to the current block, and to the link if one is open."""
        if not self.blocks:
            self.blocks.append(Block("p"))
        self.blocks[-1].text += data
        if self._in_link:
            self.links[-1].text += data

    def _begin(self, tag: str) -> None:
        # The editor puts a paragraph into every list item; both together are one block.
        if self.blocks and self.blocks[-1].tag in {"li", "blockquote"} and not self.blocks[-1].text.strip():
            return
        self.blocks.append(Block(tag))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return reader


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
