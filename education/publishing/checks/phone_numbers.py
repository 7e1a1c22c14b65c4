"""Phone numbers in texts: which digits are one, and which numbers the helplines have. Compared by their digits."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from education.models import Channel, Helpline

_KINDS = (Channel.Kind.PHONE, Channel.Kind.WHATSAPP)
_FEWEST = 3  # digits: 110
_LONG = 8  # digits: whatever is longer is no amount of money
_DIALLED = re.compile(r"((?:\b(?:tel|sms|whatsapp):|\bwa\.me/|[?&]phone=)[^\d\"'<>\s]*)(\d[\d .()-]*)", re.IGNORECASE)
_IN_TEXT = re.compile(r"(?<![\w/.,-])\+?\d(?:[ .()-]{0,2}\d){2,14}(?:\s*ext\.?\s*\d+)?(?![\w/])")
_CALLED = re.compile(
    r"\b(?:tele(?:pon|phone)|telp|hubungi|kontak|contact|nomor|number|wa|whatsapp|call|phone|ring|dial|sms|text)\W*$",
    re.IGNORECASE,
)
# Strict: also with brackets, slashes, dots, and stuck to letters.
_ANY = re.compile(r"\+?\(?\d(?:(?:[ .()/·‑–—-]{0,3}|,)\d){2,}(?:\s*ext\.?\s*\d+)?")
_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    rf"(?:\d{{1,2}}[ ./-]){{0,2}}{_YEAR}(?: ?[/–-] ?(?:{_YEAR}|\d\d))?"  # 2027, 3/5/2027, 2026-2027
    rf"|{_YEAR}-\d\d-\d\d"
)
_AGES = re.compile(r"(\d\d?) ?[–-] ?(\d\d?)")
_OLDEST = 25  # years, in "13-15"


def digits(text: str) -> str:
    """Return the digits of ``text``."""
    return re.sub(r"\D", "", text)


def of_helplines(only_visible: bool = False) -> set[str]:
    """Return the digits of each number of a helpline, also of its part before an extension."""
    channels = Channel.objects.filter(kind__in=_KINDS).order_by()
    if only_visible:
        channels = channels.filter(helpline__in=Helpline.objects.order_by().visible())
    values = list(channels.values_list("value", flat=True))
    return {digits(part) for value in values for part in (value, value.partition("ext")[0])} - {""}


def in_html(text: str, known: set[str]) -> Iterator[str]:
    """Yield the phone numbers in ``text``, which may be HTML, by their digits; those of links as ``tel:157``.

    A number of at most eight digits counts if it is among the ``known``, starts like a phone number, is written in
    groups or comes after a word such as *call*. A year does not.
    """
    for way, number in _DIALLED.findall(unquote(unescape(text))):
        yield re.sub(r"[^a-z.:/]", "", way.lower()) + digits(number)
    words = re.sub(r"<[^>]*>|https?://\S+", " ", text)
    for match in _IN_TEXT.finditer(words):
        number = digits(match[0])
        if number in known or len(number) > _LONG or (_looks_dialled(match, words) and not _is_time(match[0])):
            yield number


def unknown(text: str) -> list[str]:
    """Return what may be a phone number in the plain ``text``, and is none of a helpline that readers see.

    Any three digits may be one, except years and ages.
    """
    found = [match.strip() for match in _ANY.findall(text)]
    known = of_helplines(only_visible=True) if found else set()
    return [number for number in found if digits(number) not in known and not _is_time(number)]


def _looks_dialled(match: re.Match, words: str) -> bool:
    written, number = match[0], digits(match[0])
    is_grouped = len(number) > _FEWEST * 2 - 1 and re.search(r"\d[ -]\d", written) is not None
    starts_so = written[0] in "+0" and len(number) > _FEWEST + 1
    return starts_so or is_grouped or "ext" in written or _CALLED.search(words[: match.start()]) is not None


def _is_time(number: str) -> bool:
    """Return whether ``number`` is a year, a date, two years, or two ages."""
    ages = _AGES.fullmatch(number)
    return _TIME.fullmatch(number) is not None or (ages is not None and int(ages[1]) < int(ages[2]) <= _OLDEST)
