"""Compute keyed digests of accounts, links and phone numbers, to match them between cases without reading the cases."""

import hashlib
import hmac
import re
from urllib.parse import parse_qsl, urlsplit

from ..questions import platform_links

LINK = re.compile(r"(?:https?|hxxps?)://\S+|www\.\S+", re.IGNORECASE)
PHONE = re.compile(r"\+?\d[\d\s.()-]{7,}\d")
ACCOUNT = re.compile(r"(?<!channels/)@[\w.]{2,40}", re.UNICODE)
# Parameters that identify what a link is about, the most specific first: a video in a playlist is that video. Their
# values are case-sensitive, as on YouTube.
IDENTIFYING = (
    *("v", "story_fbid", "fbid", "set", "list", "phone", "code", "id", "user_id", "uid", "username", "screen_name"),
    "account",
)
# For the gate index only: other spellings of an account or link. They may keep
# too many files closed but never open one.
BARE_LINK = re.compile(rf"(?<![\w./@-])(?:[a-z]{{1,8}}\.)?(?:{platform_links.ONE_HOST})/\S+", re.IGNORECASE)
PREFIXED = re.compile(
    r"\b(?:ig|tt|fb|wa|tele|telegram|instagram|tiktok|facebook)(?:\s*:\s*|\s+)@?([\w.]{2,40})", re.IGNORECASE
)
# The numeric account id in the query of a link, including links to posts of the account.
ACCOUNT_ID = re.compile(r"facebook\.com/\S{0,200}?[?&]id=([\w.]{2,40})", re.IGNORECASE)
# The number in the URL with which WhatsApp opens a chat. The + of a country code may be written as %2B.
CHAT_NUMBER = re.compile(
    r"whatsapp(?:\.com/|://)send/?\?\S{0,2000}?\bphone=(?:\+|%2B|%20)*(\d[\d-]{6,20})", re.IGNORECASE
)
BARE_NAME = re.compile(r"\s*([\w.]{2,40})\s*")
# Words found in the position of a name, and parts of URLs. Taken as names they would close files of unrelated cases.
NO_NAMES = {
    *("akun", "aku", "atau", "dan", "di", "dia", "gatau", "nya", "saya", "tidak", "tidaktahu", "ya", "yang"),
    *("account", "and", "his", "her", "my", "no", "none", "or", "the", "unknown", "yes"),
    *("channel", "explore", "groups", "hashtag", "live", "joinchat", "pages", "people", "permalink.php", "photo"),
    *("photo.php", "playlist", "posts", "profile.php", "reel", "reels", "results", "share", "shorts", "stories"),
    *("story.php", "user", "video", "watch"),
    *("ig", "tt", "fb", "wa", "tele", "telegram", "instagram", "tiktok", "facebook", "twitter", "whatsapp", "youtube"),
    *("discord", "freefire", "line", "ml", "mlbb", "mobilelegends", "roblox", "shopee", "snapchat", "threads"),
}


def identifiers_in(text: str) -> set[tuple[str, str]]:
    """Return the ``(kind, normalised value)`` pairs in the text that a reporter entered as account or link."""
    text = platform_links.with_inner_links(text)
    links = {("link", link) for link in map(_normal_link, LINK.findall(text)) if not platform_links.names_nobody(link)}
    rest = LINK.sub(" ", text)
    phones = {("phone", _normal_phone(number)) for number in PHONE.findall(rest)}
    accounts = {("account", name.lower().rstrip(".")) for name in ACCOUNT.findall(rest)}
    return links | phones | accounts


def gate_identifiers_in(text: str) -> set[tuple[str, str]]:
    """Return the pairs of ``identifiers_in`` and those in other spellings: ``IG: name``, ``t.me/name``, a bare word.

    URLs of whole platforms are left out: they identify nobody, and would close files of unrelated cases.
    """
    text = platform_links.with_inner_links(text)
    links = {("link", _normal_link(f"https://{link}")) for link in BARE_LINK.findall(text)}
    numbers = {("phone", _normal_phone(number)) for number in CHAT_NUMBER.findall(text)}
    found = identifiers_in(text) | links | numbers | {_named(name) for name in _names(text)}
    return {(kind, value) for kind, value in found if kind != "link" or not platform_links.names_nobody(value)}


def digest(key: bytes, kind: str, value: str) -> bytes:
    """Return a digest of 32 bytes that reveals nothing without ``key``."""
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).digest()


def _names(text: str) -> set[str]:
    """Return the names of accounts written without an @ in ``text``, in lower case."""
    bare = BARE_NAME.fullmatch(text)
    found = [*PREFIXED.findall(text), *ACCOUNT_ID.findall(text), *([bare[1]] if bare else [])]
    names = {name.lower().strip(".") for name in found} | platform_links.names_in(text)
    return names - NO_NAMES - platform_links.HOSTS - {""}


def _named(name: str) -> tuple[str, str]:
    """Return the pair for one name; a name of digits only is a phone number, as in ``wa.me/62812...``."""
    digits = re.sub(r"\D", "", name)
    return ("phone", _normal_phone(digits)) if name == digits else ("account", f"@{name}")


def _normal_link(link: str) -> str:
    link = re.sub(r"^(hxxp|www\.)", lambda m: "http" if m[0].lower() == "hxxp" else "http://www.", link, flags=re.I)
    try:
        parts = urlsplit(link.rstrip(".,;)"))
    except ValueError:  # for example http://[abc or example[.]com: no input may stop the indexing
        return link.strip().lower()
    host = re.sub(r"^(?:www\.)?(?:(?:m|mobile|web)\.(?!me$))?", "", parts.hostname or "")
    return f"{host}{parts.path.rstrip('/')}".lower() + _identifying(parts.query)


def _identifying(query: str) -> str:
    """Return the part of ``query`` that identifies an account, video or post, or an empty string.

    The rest shows where a link was copied (``utm_source``, ``igsh``, ``t``) and
    differs between copies of the same link.
    """
    values = dict(reversed(parse_qsl(query)))
    name = next((name for name in IDENTIFYING if name in values), None)
    return f"?{name}={values[name]}" if name else ""


def _normal_phone(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return "62" + digits[1:] if digits.startswith("0") else digits
