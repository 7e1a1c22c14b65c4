"""Link the phone numbers of helplines in running text. The text names a number; the helplines define what it opens.

A tap on a name, such as SAPA 129, opens the chat of that helpline: only words about calling start a call. If the
sentence does not mention a chat, the link text says that it opens one.
"""

import re
from collections.abc import Callable, Iterable
from functools import partial

from django.utils.safestring import SafeString, mark_safe

from education.helplines import directory
from education.models import Channel
from education.rendering import html_text
from safetycenter.page_cache.per_version import per_version

# Not linked: a part of a longer number, a section of a law, a quantity.
_BEFORE = r"(?<![\w+-])(?<!\d[.,])(?<!pasal )(?<!article )"
_AFTER = (
    r"(?![\w-])(?![.,]\d)(?!\s*%)(?!\s(?:anak|orang|kasus|laporan|korban|kota|daerah|negara|ribu|juta"
    r"|children|people|cases|reports|victims|cities|countries|thousand|million)\b)"
)
_CHAT_BEFORE = re.compile(
    r"\b(?:whatsapp|chat)(?: (?:to|ke|with|dengan|di))?(?: (?!(?:or|atau|call|telepon)\b)\w+)?\s$", re.IGNORECASE
)
_CHAT_AFTER = re.compile(
    r",?\s(?:(?:and |dan )?(?:also |juga )?)(?:on|by|via|lewat|melalui|di) whatsapp\b", re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"(?P<call>\b(?:telepon|menelepon|telp|call|calling|ring|dial)\s(?:ke |to )?)?\b[A-Z]{3,}\s$")
_CHAT = re.compile(r"\b(?:whatsapp|chat)", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|li|h\d|ul|ol|dd|dt|td|th|blockquote)\b")
_END = re.compile(r"[.?!](?=\s|$)")
_SHORT_NUMBER_LENGTH = 4  # a short number is linked only if everybody knows it as a helpline: 110, but not 157

Link = Callable[[str], SafeString]


@per_version
def linker() -> Link:
    """Return a function that links the numbers of the directory in clean HTML."""
    kinds = {Channel.Kind.PHONE, Channel.Kind.WHATSAPP}
    return linker_of(channel for channel in directory.channels() if channel.kind in kinds)


def linker_of(channels: Iterable[Channel]) -> Link:
    """Return such a function for ``channels``. If several have the same number, the first is used."""
    chats: dict[int | None, str] = {}
    known: dict[str, Channel] = {}
    for channel in channels:
        if channel.kind == Channel.Kind.WHATSAPP:
            chats.setdefault(channel.helpline_id, channel.uri)
        if len(channel.value) > _SHORT_NUMBER_LENGTH or channel.helpline.emergency:
            known.setdefault(channel.value, channel)
    # Safe: the text is already sanitized, and without numbers nothing is added to it.
    return _Linker(known, chats) if known else mark_safe


class _Linker:
    def __init__(self, known: dict[str, Channel], chats: dict[int | None, str]) -> None:
        self.channels = sorted(known.values(), key=lambda channel: len(channel.value), reverse=True)
        self.chats = chats
        ways = "|".join(f"(?P<n{place}>{_pattern(c.value)})" for place, c in enumerate(self.channels))
        self.pattern = re.compile(f"{_BEFORE}(?:{ways}){_AFTER}", re.IGNORECASE)

    def __call__(self, html: str) -> SafeString:
        parts, inside = html_text.pieces(html), False
        linked = []
        for place, part in enumerate(parts):
            if part.startswith("<"):
                inside = part.startswith("<a ") or (inside and part != "</a>")
            elif not inside:
                part = self.pattern.sub(partial(self._link, parts, place), part)
            linked.append(part)
        # Safe: the text is already sanitized, and only addresses of our channels are added.
        return mark_safe("".join(linked))  # noqa: S308 - clean, and our own links

    def _link(self, parts: list[str], place: int, match: re.Match) -> str:
        channel = self.channels[int((match.lastgroup or "").removeprefix("n"))]
        uri = channel.uri
        if _names_chat(match):
            uri = self.chats.get(channel.helpline_id, uri)
        if not uri.startswith("https"):
            return f'<a class="tel" href="{uri}">{match[0]}</a>'
        named = "" if self._mentions_chat(*_sentence(match, parts, place)) else " (WhatsApp)"
        return f'<a class="tel" href="{uri}" rel="noreferrer">{match[0]}{named}</a>'

    def _mentions_chat(self, before: str, after: str) -> bool:
        """Return whether the sentence around a link mentions a chat, or an earlier link in it does."""
        earlier = any(_names_chat(match) for match in self.pattern.finditer(before))
        return earlier or bool(_CHAT.search(before) or _CHAT.search(after))


def _sentence(match: re.Match, parts: list[str], place: int) -> tuple[str, str]:
    """Return the text before and after ``match`` in its sentence, also across bold words."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    for part in reversed(parts[:place]):
        if _BLOCK.match(part):
            break
        before = before if part.startswith("<") else part + before
    for part in parts[place + 1 :]:
        if _BLOCK.match(part):
            break
        after = after if part.startswith("<") else after + part
    return _END.split(before)[-1], _END.split(after)[0]


def _names_chat(match: re.Match) -> bool:
    """Return whether the words mention a chat or only the helpline's name. Who cannot speak must not start a call."""
    text, (start, end) = match.string, match.span()
    before = text[max(0, start - 40) : start]
    name = _NAME_BEFORE.search(before)
    named = name is not None and not name["call"]
    return bool(named or _CHAT_BEFORE.search(before) or _CHAT_AFTER.match(text, end))


def _pattern(value: str) -> str:
    """Return a pattern for the number with other separators and any word for an extension."""
    number, _ext, extension = value.partition("ext")
    pattern = r"[-\s]?".join(map(re.escape, re.split(r"[-\s]", number.strip())))
    return rf"{pattern}\s*,?\s*(?:ext\.?|extension|ekstensi)\s*{extension.strip()}" if extension else pattern
