"""Accounts in the words of a reporter as separate entries, for the program that reads a package.

The spellings are those that the blind index for files knows (``blind_index.gate_identifiers_in``). There a wrong match
keeps a file closed; here it would name somebody in a signed package. So what may be something else gets no entry, or
one that claims less: the words beside it are whole.
"""

import re
from urllib.parse import urlsplit

from ..crypto.blind_index import ACCOUNT, BARE_LINK, BARE_NAME, CHAT_NUMBER, LINK, NO_NAMES, PHONE, PREFIXED
from ..questions import platform_links

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CHAT_HOSTS = ("wa.me", "api.whatsapp.com", "web.whatsapp.com", "whatsapp.com", "www.whatsapp.com")
SHORT = {"ig": "instagram", "tt": "tiktok", "fb": "facebook", "wa": "whatsapp", "tele": "telegram"}
# The end of the words before a number that is one of a phone; other numbers may be those of a bank account.
PHONE_WORD = re.compile(
    r"\b(wa|whatsapp|hp|handphone|ponsel|tel|telp|telpon|telepon|phone|sms|call)\b[\s.:=-]*"
    r"(?:(?:no|nomor|nya|dia|number)\b[\s.:=-]*){0,2}$",
    re.IGNORECASE,
)
Entry = dict[str, str]


def found_in(text: str, platform: str) -> list[Entry]:
    """Return each link, e-mail address, screen name and number in ``text`` as one entry, in this order.

    ``platform``: the key of the platform that the reporter chose, for names without another one. A link has its host,
    and a number in a link of WhatsApp is one of WhatsApp.
    """
    text = platform_links.with_inner_links(text)
    urls = [link.rstrip(".,;)") for link in LINK.findall(text)]
    rest = LINK.sub(" ", text)
    urls += [link.rstrip(".,;)") for link in BARE_LINK.findall(rest)]
    rest = BARE_LINK.sub(" ", rest)
    chats = [{"phone": number, "platform": "whatsapp"} for number in CHAT_NUMBER.findall(rest)]
    rest = CHAT_NUMBER.sub(" ", rest)
    emails = [{"email": address} for address in EMAIL.findall(rest)]
    rest = EMAIL.sub(" ", rest)
    names, rest = _names(rest, platform)
    found = [*map(_of_link, urls), *emails, *names, *chats, *_numbers(rest, platform)]
    return list({tuple(entry.items()): entry for entry in found}.values())


def _of_link(link: str) -> Entry:
    try:
        host = urlsplit(link if "://" in link else f"http://{link}").hostname
    except ValueError:  # for example http://[abc
        host = None
    entry = {"url": link} | ({"host": host} if host else {})
    numbers = [*CHAT_NUMBER.findall(link), *filter(str.isdigit, platform_links.names_in(link))]
    return entry | ({"phone": numbers[0], "platform": "whatsapp"} if host in CHAT_HOSTS and numbers else {})


def _names(text: str, platform: str) -> tuple[list[Entry], str]:
    """Return the screen names (with an @, after the name of a platform, or as the only word) and the other text."""
    where = {"platform": platform} if platform else {}
    found, rest = [], text
    for match in PREFIXED.finditer(text):
        name = match[1].rstrip(".")
        if _is_name_after_platform(match, name):
            word = re.match(r"\w+", match[0])[0].lower()  # type: ignore[index]
            found.append({"screen_name": f"@{name}", "platform": SHORT.get(word, word)})
            rest = rest.replace(match[0], " ")
    for match in ACCOUNT.finditer(rest):
        if not rest[: match.start()][-1:].isalnum():  # not half of a spoilt address
            found.append({"screen_name": match[0].rstrip(".")} | where)
    rest = ACCOUNT.sub(" ", rest)
    bare = BARE_NAME.fullmatch(rest)
    if bare and _is_a_name(bare[1]) and "." not in bare[1]:  # with a dot it may be a site
        return [*found, {"screen_name": f"@{bare[1]}"} | where], ""
    return found, rest


def _is_name_after_platform(match: re.Match, name: str) -> bool:
    """Return whether the word after the name of a platform can only be a screen name, and not a part of a sentence."""
    if name.isdigit() or name.lower() in NO_NAMES or match[0].lower().startswith("wa"):  # WhatsApp has numbers
        return False
    is_last = re.match(r"\s*(?:[,;/)\n]|$)", match.string[match.end() :])
    return _is_a_name(name) or "@" in match[0] or (":" in match[0] and bool(is_last))


def _is_a_name(word: str) -> bool:
    """Return whether ``word`` has a sign that the words of a sentence do not have."""
    return not word.isdigit() and word.lower() not in NO_NAMES and re.search(r"[\d_]|\w\.\w", word) is not None


def _numbers(text: str, platform: str) -> list[Entry]:
    found = []
    for match in PHONE.finditer(text):
        word = PHONE_WORD.search(text[: match.start()][-40:])
        is_chat = platform == "whatsapp" or (word is not None and word[1].lower() in ("wa", "whatsapp"))
        is_phone = word is not None or match[0].startswith("+")
        where = {"platform": "whatsapp"} if is_phone and is_chat else {}
        found.append({"phone" if is_phone else "number": match[0].strip()} | where)
    return found
