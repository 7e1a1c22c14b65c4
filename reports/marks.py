"""Keyed digests of accounts, links and phone numbers, so that the same one in two cases can be seen unread."""

import hashlib
import hmac
import re
from urllib.parse import urlsplit

LINK = re.compile(r"(?:https?|hxxps?)://\S+|www\.\S+", re.IGNORECASE)
PHONE = re.compile(r"\+?\d[\d\s.()-]{7,}\d")
ACCOUNT = re.compile(r"@[\w.]{2,40}", re.UNICODE)
# Addresses that name nobody without a path. Otherwise one report with "https://instagram.com" would link thousands.
SHARED_HOSTS = {
    "discord.com",
    "facebook.com",
    "instagram.com",
    "line.me",
    "shopee.co.id",
    "snapchat.com",
    "t.me",
    "telegram.org",
    "threads.net",
    "tiktok.com",
    "tokopedia.com",
    "twitter.com",
    "wa.me",
    "whatsapp.com",
    "x.com",
    "youtube.com",
}


def found_in(text: str) -> set[tuple[str, str]]:
    """The ``(kind, normalised value)`` pairs named in what a reporter wrote as account or link."""
    links = {("link", _normal_link(link)) for link in LINK.findall(text)}
    rest = LINK.sub(" ", text)
    phones = {("phone", _normal_phone(number)) for number in PHONE.findall(rest)}
    accounts = {("account", name.lower().rstrip(".")) for name in ACCOUNT.findall(rest)}
    return links | phones | accounts


def found_for_gate(text: str) -> set[tuple[str, str]]:
    """The same without addresses of whole platforms: they name nobody, and would close the files of strangers."""
    return {(kind, value) for kind, value in found_in(text) if value not in SHARED_HOSTS}


def digest(key: bytes, kind: str, value: str) -> bytes:
    """32 bytes that mean nothing without ``key``."""
    return hmac.new(key, f"{kind}:{value}".encode(), hashlib.sha256).digest()


def _normal_link(link: str) -> str:
    link = re.sub(r"^(hxxp|www\.)", lambda m: "http" if m[0].lower() == "hxxp" else "http://www.", link, flags=re.I)
    parts = urlsplit(link.rstrip(".,;)"))
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}".lower()


def _normal_phone(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return "62" + digits[1:] if digits.startswith("0") else digits
