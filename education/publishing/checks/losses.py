"""Check what a change takes away from readers. Each loss needs a confirmation that names it.

No other check notices a guide that is cut down to one word or loses the phone number it was written for.
"""

import re
from collections.abc import Iterable, Iterator
from zlib import crc32

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import Channel, Guide, Helpline, Topic
from education.models.platform import SECTIONS
from education.rendering import heading_anchors, html_text
from education.translation import column

from .finding import CONFIRM, Candidate, Finding, label, quoted
from .wording import SEXUAL_TOPICS

MAX_LOST_SHARE = 0.5  # share of the words of one text
MIN_WORDS = 10  # a shorter text may lose half of its words without a confirmation
_RICH = ("body", "easy", "handout")
_TEXTS = (
    *("short_answer", "summary", "checklist", "definition", "role", *_RICH),
    *("lines", "steps", "closing"),
    *("goals", "materials", "warning", "opt_out", "disclosure"),
    *SECTIONS,
)
_LONG_NUMBER = re.compile(r"(?<![\w+.,-])\+?\d[\d -]{5,}\d(?!\w)")


def check_sensitivity(candidate: Candidate) -> Iterator[Finding]:
    """Report a guide or topic that is no longer sensitive, or a guide on sexual violence that is not.

    Sensitive pages have a neutral title, a quick exit and links by number.
    """
    if not isinstance(candidate.item, Guide | Topic) or candidate.item.sensitive:
        return
    before = candidate.before or {}
    if before.get("sensitive"):
        text = _("It will no longer be sensitive: no neutral title, no quick exit, and it can be shared.")
        yield Finding(CONFIRM, text, "sensitive", "sensitive")
    elif candidate.topic and candidate.topic.key in SEXUAL_TOPICS and not _was_on_a_sexual_topic(before):
        text = _("Its topic is about sexual violence, and it is not marked as sensitive.")
        yield Finding(CONFIRM, text, "sensitive", "sensitive-topic")


def check_length_loss(candidate: Candidate) -> Iterator[Finding]:
    """Report a text that loses more than half of its words."""
    for name, language, field in _remaining_texts(candidate):
        before, now = (
            len(html_text.words(data.get(name) or "").split()) for data in (candidate.before, candidate.data)
        )
        if before >= MIN_WORDS and now < before * MAX_LOST_SHARE:
            sentence = _("%(field)s is shortened from %(before)d to %(now)d words.")
            facts = {"field": capfirst(label(candidate, field, language)), "before": before, "now": now}
            yield Finding(CONFIRM, sentence % facts, name, f"length-{name}-{now}")


def check_removed_headings(candidate: Candidate) -> Iterator[Finding]:
    """Report a heading that is removed together with its section."""
    for name, language, field in _remaining_texts(candidate, _RICH):
        now = heading_anchors.headings(candidate.data.get(name) or "")
        kept = {anchor for anchor, _text in now} | {text for _anchor, text in now}
        before = heading_anchors.headings(candidate.before.get(name) or "")
        gone = [text for anchor, text in before if anchor not in kept and text not in kept]
        if gone:
            sentence = ngettext(
                "%(field)s no longer has the heading %(names)s.",
                "%(field)s no longer has the headings %(names)s.",
                len(gone),
            )
            yield _loss_finding("headings", sentence, name, gone, capfirst(label(candidate, field, language)))


def check_removed_links(candidate: Candidate) -> Iterator[Finding]:
    """Report a link that is removed, because it is often the step that helps."""
    for language in _remaining_languages(candidate):
        before, now = (dict(_links(candidate, data, language)) for data in (candidate.before, candidate.data))
        gone = {href: found for href, found in before.items() if href not in now}
        if gone:
            sentence = ngettext("A link is removed: %(names)s.", "Links are removed: %(names)s.", len(gone))
            names = [f"{text} → {href}" for href, (_name, text) in gone.items()]
            first = next(iter(gone.values()))[0]
            yield _loss_finding(f"links-{language}", sentence, first, names)


def check_removed_numbers(candidate: Candidate) -> Iterator[Finding]:
    """Report a phone number that no text in the language contains any more."""
    lines = Helpline.objects.order_by().visible()
    known = list(Channel.objects.filter(helpline__in=lines).values_list("value", flat=True))
    for language in _remaining_languages(candidate):
        before, now = (_numbers(candidate, data, language, known) for data in (candidate.before, candidate.data))
        gone = [found for number, found in before.items() if number not in now]
        if gone:
            sentence = ngettext("A number is removed: %(names)s.", "Numbers are removed: %(names)s.", len(gone))
            yield _loss_finding(f"numbers-{language}", sentence, gone[0][0], [number for _name, number in gone])


def check_removed_helplines(candidate: Candidate) -> Iterator[Finding]:
    """Report a helpline that is no longer offered beside the text."""
    if not candidate.before:
        return
    gone = _helplines(candidate.before) - _helplines(candidate.data)
    names = [str(line) for line in Helpline.objects.filter(pk__in=gone)]
    if names:
        sentence = ngettext("A helpline is removed: %(names)s.", "Helplines are removed: %(names)s.", len(names))
        place = "guidehelpline_set" if "guidehelpline_set" in candidate.data else "helplines"
        yield _loss_finding("helplines", sentence, place, names)


def check_removed_channels(candidate: Candidate) -> Iterator[Finding]:
    """Report a phone number or address of a helpline that is removed."""
    before, now = (
        {row["value"] for row in (data or {}).get("channels") or []} for data in (candidate.before, candidate.data)
    )
    if gone := sorted(before - now):
        sentence = ngettext("A number is removed: %(names)s.", "Numbers are removed: %(names)s.", len(gone))
        yield _loss_finding("channels", sentence, "channels", gone)


def check_helpline_demotion(candidate: Candidate) -> Iterator[Finding]:
    """Report a helpline that is retired or removed from the emergency numbers shown on every page."""
    before = candidate.before or {}
    if not isinstance(candidate.item, Helpline) or not before:
        return
    retired = Helpline.Status.RETIRED
    if candidate.data.get("status") == retired and before.get("status") != retired:
        yield Finding(CONFIRM, _("It will be retired: readers will no longer find this helpline."), "status", "retired")
    if before.get("emergency") and not candidate.data.get("emergency"):
        text = _("It will no longer be an emergency number and will not be shown on every page.")
        yield Finding(CONFIRM, text, "emergency", "emergency")


def _loss_finding(kind: str, sentence: str, field: str, names: list[str], text: str = "") -> Finding:
    shown = ", ".join(quoted(name, most=120) for name in names)
    key = f"{kind}-{field}-{crc32('|'.join(names).encode()):08x}"
    return Finding(CONFIRM, sentence % {"names": shown, "field": text}, field, key)


def _was_on_a_sexual_topic(before: dict) -> bool:
    topic = Topic.objects.filter(pk=before.get("topic")).first() if before.get("topic") else None
    return topic is not None and topic.key in SEXUAL_TOPICS


def _remaining_languages(candidate: Candidate) -> list[str]:
    """Return the languages that readers had and keep. Another check reports a language that disappears."""
    before = candidate.before_languages
    return [language for language in candidate.languages if language in before]


def _remaining_texts(candidate: Candidate, fields: Iterable[str] = _TEXTS) -> Iterator[tuple[str, str, str]]:
    for language in _remaining_languages(candidate):
        for field in fields:
            if candidate.has_field(field):
                yield column(field, language), language, field


def _texts_of(candidate: Candidate, data: dict, language: str) -> Iterator[tuple[str, str]]:
    """Yield column and text of ``data`` in ``language``, including the texts of its scenarios."""
    for field in _TEXTS:
        if candidate.has_field(field):
            yield column(field, language), data.get(column(field, language)) or ""
    for row in data.get("scenarios", []):
        yield from (("scenarios", text) for name, text in row.items() if name.endswith(column("", language)) and text)


def _links(candidate: Candidate, data: dict, language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, text in _texts_of(candidate, data, language):
        for link in html_text.links(text):
            yield link.href, (name, link.text)


def _numbers(candidate: Candidate, data: dict, language: str, known: list[str]) -> dict[str, tuple[str, str]]:
    """Return column and number as written, keyed by its digits."""
    found: dict = {}
    for name, text in _texts_of(candidate, data, language):
        words = html_text.words(text)
        for number in (*_LONG_NUMBER.findall(words), *(value for value in known if _contains_value(words, value))):
            found.setdefault(re.sub(r"[ -]", "", number), (name, number))
    return found


def _contains_value(words: str, value: str) -> bool:
    return value[:1].isdigit() and re.search(rf"(?<![\w.,-]){re.escape(value)}(?![\w-])", words) is not None


def _helplines(data: dict) -> set[int]:
    return {row["helpline"] for row in data.get("guidehelpline_set") or []} | set(data.get("helplines") or [])


CHECKS = (
    check_sensitivity,
    check_length_loss,
    check_removed_headings,
    check_removed_links,
    check_removed_numbers,
    check_removed_helplines,
    check_removed_channels,
    check_helpline_demotion,
)
