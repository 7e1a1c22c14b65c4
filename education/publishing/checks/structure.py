"""Check how a text is built: links, headings, length."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from education.models.platform import SECTIONS
from education.rendering import html_text
from education.rendering.rich_text import word_count

from .destinations import is_dead
from .finding import ERROR, WARNING, Candidate, Finding, quoted

MAX_WORDS = 900
VAGUE_LINK_TEXTS = {
    *{"di sini", "disini", "klik", "klik di sini", "klik disini", "klik tautan ini", "tautan ini", "link ini"},
    *{"selengkapnya", "baca selengkapnya", "baca di sini", "lihat di sini"},
    *{"here", "click here", "click", "this link", "read more", "more", "learn more", "see here"},
}
_RICH_FIELDS = ("body", "easy")  # each is shown on a separate page
_LINK_FIELDS = (
    *(*_RICH_FIELDS, "short_answer", "checklist", "handout", "disclosure", "lines", "steps", "closing"),
    *SECTIONS,
)


def check_internal_links(candidate: Candidate) -> Iterator[Finding]:
    """Report links into this site that point to no page."""
    for name, _language, text in (*candidate.texts(*_LINK_FIELDS), *candidate.row_texts("scenarios")):
        for link in html_text.links(text):
            if is_dead(link.href):
                sentence = _("The link %(text)s is broken: there is no page at %(address)s.")
                facts = {"text": quoted(link.text), "address": link.href}
                yield Finding(ERROR, sentence % facts, name, "dead link", frozenset([link.href]))


def check_link_texts(candidate: Candidate) -> Iterator[Finding]:
    """Report link texts without meaning. Screen readers read links out of context."""
    for name, _language, text in candidate.texts(*_LINK_FIELDS):
        for link in html_text.links(text):
            if link.text.lower().strip(" .…") in VAGUE_LINK_TEXTS:
                sentence = _("The link text %(text)s does not say what it links to.")
                yield Finding(WARNING, sentence % {"text": quoted(link.text)}, name)


def check_first_heading(candidate: Candidate) -> Iterator[Finding]:
    """Report a small heading before the first main heading, because it leaves a gap in the page outline."""
    for name, _language, text in candidate.texts(*_RICH_FIELDS):
        headings = [block for block in html_text.blocks(text) if block.tag in {"h2", "h3"}]
        if headings and headings[0].tag == "h3":
            sentence = _("The small heading %(text)s comes before any main heading.")
            yield Finding(WARNING, sentence % {"text": quoted(headings[0].text)}, name)


def check_word_count(candidate: Candidate) -> Iterator[Finding]:
    """Report a text above the word limit. A frightened reader does not finish a long page."""
    for name, _language, text in candidate.texts(*_RICH_FIELDS):
        if (words := word_count(text)) > MAX_WORDS:
            sentence = _("The text has %(words)d words. Above %(most)d, few people read to the end.")
            yield Finding(WARNING, sentence % {"words": words, "most": MAX_WORDS}, name, "too many words", amount=words)


CHECKS = (check_internal_links, check_link_texts, check_first_heading, check_word_count)
