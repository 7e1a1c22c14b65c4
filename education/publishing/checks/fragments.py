"""Check links to headings: the heading exists and is still the one that was meant.

In the guides on sextortion, such a link points to the help for someone who thinks of suicide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from zlib import crc32

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from education.models import Guide, Helpline, Lesson, News, Page, Platform, Term
from education.models.bilingual import LANGUAGES
from education.models.platform import SECTIONS
from education.rendering import heading_anchors, html_text
from education.translation import column

from .destinations import SECTION_ANCHORS, anchors_at, anchors_of, destination, is_internal
from .finding import CONFIRM, ERROR, Candidate, Finding, quoted

LINK_FIELDS = ("short_answer", "checklist", "body", "easy", "handout", "disclosure", *SECTIONS)
MODELS_WITH_LINKS = (Guide, Page, News, Lesson, Platform)
_ENTRY = re.compile(r"n([1-9]\d{0,9})")  # education.urls_for.anchor_of
_ENTRIES = {"helplines": Helpline.objects.visible, "glossary": Term.objects.published}


@dataclass(frozen=True)
class MovedHeading:
    """A heading whose text has changed, or that was removed (``new_text`` is empty)."""

    field: str
    language: str
    anchor: str
    old_text: str
    new_text: str


def check_fragment_targets(candidate: Candidate) -> Iterator[Finding]:
    """Report links to a heading that does not exist. Such a link opens the page at its top instead."""
    for name, language, link, fragment in _links(candidate):
        known = _own_anchors(candidate, name, language) if not urlsplit(link.href).path else anchors_at(link.href)
        if known is not None and fragment not in known:
            sentence = _("The link %(text)s is broken: no heading on that page has the anchor “#%(anchor)s”.")
            facts = {"text": quoted(link.text), "anchor": fragment}
            yield Finding(ERROR, sentence % facts, name, "dead anchor", frozenset([link.href]))


def check_linked_entries(candidate: Candidate) -> Iterator[Finding]:
    """Report links to a helpline or a word of the glossary that readers do not see."""
    for name, _language, link, fragment in _links(candidate):
        page, entry = destination(link.href) if is_internal(link.href) else None, _ENTRY.fullmatch(fragment)
        seen = _ENTRIES.get(page.name) if page else None
        if entry and seen and not seen().filter(pk=entry[1]).exists():
            sentence = _("The link %(text)s is broken: readers no longer see the entry that it leads to.")
            yield Finding(ERROR, sentence % {"text": quoted(link.text)}, name, "dead entry", frozenset([link.href]))


def check_linked_headings(candidate: Candidate) -> Iterator[Finding]:
    """Report links in this text whose heading has changed."""
    for moved in _moved_headings(candidate):
        if moved.new_text and _is_linked(candidate, moved):
            sentence = _("A link points to “#%(anchor)s”. That heading was %(before)s and is now %(now)s.")
            facts = {"anchor": moved.anchor, "before": quoted(moved.old_text), "now": quoted(moved.new_text)}
            yield Finding(CONFIRM, sentence % facts, column(moved.field, moved.language), _name(moved))


def check_incoming_fragments(candidate: Candidate) -> Iterator[Finding]:
    """Report headings that are removed or changed although another text links to them."""
    for moved in _moved_headings(candidate):
        for other in _others(candidate.row, moved):
            gone = _("%(other)s links to the heading %(before)s, which is removed.")
            changed = _("%(other)s links to the heading %(before)s, which is now %(now)s.")
            facts = {"other": other, "before": quoted(moved.old_text), "now": quoted(moved.new_text)}
            name = f"{_name(moved)}-{other._meta.model_name}{other.pk}"
            yield Finding(
                CONFIRM, (changed if moved.new_text else gone) % facts, column(moved.field, moved.language), name
            )


def _links(candidate: Candidate) -> Iterator[tuple[str, str, html_text.Link, str]]:
    """Yield column, language, link and fragment of each link of ``candidate`` to a part of a page of this site."""
    for name, language, text in candidate.texts(*LINK_FIELDS):
        for link in html_text.links(text):
            parts = urlsplit(link.href)
            if parts.fragment and (is_internal(link.href) or not (parts.path or parts.netloc)):
                yield name, language, link, parts.fragment


def _own_anchors(candidate: Candidate, name: str, language: str) -> set[str]:
    """Return the anchors of the page that shows the column ``name``. An easy version has a separate page."""
    if isinstance(candidate.item, Platform):
        return SECTION_ANCHORS
    fields = ("easy",) if name == column("easy", language) else ("body", "handout")
    return anchors_of({field: candidate.item.text(field, language) for field in fields if candidate.has_field(field)})


def _moved_headings(candidate: Candidate) -> Iterator[MovedHeading]:
    for field in ("body", "easy"):
        for language in LANGUAGES if candidate.before and candidate.has_field(field) else ():
            name = column(field, language)
            now = dict(heading_anchors.headings(candidate.data.get(name) or ""))
            for anchor, words in heading_anchors.headings(candidate.before.get(name) or ""):
                if now.get(anchor, "") != words:
                    yield MovedHeading(field, language, anchor, words, now.get(anchor, ""))


def _name(moved: MovedHeading) -> str:
    return f"heading-{column(moved.field, moved.language)}-{moved.anchor}-{crc32(moved.new_text.encode()):08x}"


def _is_linked(candidate: Candidate, moved: MovedHeading) -> bool:
    own_page = {column(moved.field, moved.language)}
    if moved.field == "body":
        own_page = {column(field, moved.language) for field in LINK_FIELDS if field != "easy"}
    return any(
        fragment == moved.anchor and name in own_page and not urlsplit(link.href).path
        for name, _language, link, fragment in _links(candidate)
    )


def _others(row: Model, moved: MovedHeading) -> Iterator[Model]:
    """Return the other published items that link to this heading."""
    for model in MODELS_WITH_LINKS:
        fields = [column(f, code) for f in LINK_FIELDS for code in LANGUAGES if hasattr(model, column(f, code))]
        holding = Q()
        for name in fields:
            holding |= Q(**{f"{name}__contains": f"#{moved.anchor}"})
        for other in model.objects.published().filter(holding):
            if (type(other), other.pk) != (type(row), row.pk) and _links_to(other, fields, row, moved):
                yield other


def _links_to(other: Model, fields: list[str], row: Model, moved: MovedHeading) -> bool:
    links = [link for name in fields for link in html_text.links(getattr(other, name) or "")]
    wanted = [link.href for link in links if urlsplit(link.href).fragment == moved.anchor and is_internal(link.href)]
    pages = [page for page in map(destination, wanted) if page and page.item == row]
    easy = moved.field == "easy"
    return any(page.name.startswith("easy") is easy and page.language == moved.language for page in pages)


CHECKS = (check_fragment_targets, check_linked_entries, check_linked_headings, check_incoming_fragments)
