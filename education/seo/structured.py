"""What search engines are told about a page (JSON-LD, schema.org). Nothing about a sensitive one.

There is no SearchAction on purpose: it would have others put what someone looks for into an address (H9).
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education import urls_for
from education.models import Audience, Guide, News, Topic
from education.models.bilingual import Bilingual

from .cards import of_item as card_of

# Inside a script element a text must never end it, nor begin another.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_script(*things: dict) -> SafeString:
    """The data block for the head of a page; empty for no things. It is data: the policy on scripts does not see it."""
    if not things:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def of_home() -> SafeString:
    """The site and who runs it."""
    name = settings.SITE_NAME or _("Safety Center")
    home = urls_for.absolute(reverse("education:home"))
    site = {"@type": "WebSite", "name": name, "url": home, "inLanguage": get_language(), "publisher": _operator()}
    return as_script(site)


def of_item(item: Bilingual) -> SafeString:
    """What ``item`` is, and where it stands; empty for a sensitive one and one shown in another language."""
    if getattr(item, "sensitive", False) or item.localized.language != get_language():
        return SafeString("")
    match item:
        case Guide():
            topic = item.topic
            return as_script(
                _article(item, "Article", item.localized.short_answer), _trail(_guides(), _step(topic), _step(item))
            )
        case News():
            news = (_("News"), reverse("education:news"))
            dated = {"datePublished": item.date.isoformat()}
            return as_script(_article(item, "NewsArticle", item.localized.summary) | dated, _trail(news, _step(item)))
        case Topic() | Audience():
            return as_script(_trail(_guides(), _step(item)))
    return SafeString("")


def _article(item: Guide | News, kind: str, text: str) -> dict:
    return {
        "@type": kind,
        "headline": item.localized.title,
        "description": text,
        "url": _own(item),
        "mainEntityOfPage": _own(item),
        "inLanguage": get_language(),
        "dateModified": item.changed_on.isoformat(),
        "image": urls_for.absolute(card_of(item).path),
        "author": _operator(),
        "publisher": _operator(),
        "isAccessibleForFree": True,
    }


def _operator() -> dict:
    name = settings.OPERATOR["name"] or settings.SITE_NAME or _("Safety Center")
    return {"@type": "Organization", "name": name, "url": urls_for.absolute(reverse("education:home"))}


def _trail(*steps: tuple[str, str]) -> dict:
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": urls_for.absolute(path)}
        for place, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _guides() -> tuple[str, str]:
    return _("Guides"), reverse("education:guides")


def _step(item: Bilingual) -> tuple[str, str]:
    name = item.localized.name if isinstance(item, Audience) else item.localized.title
    return name, urls_for.canonical_path(item, get_language())


def _own(item: Bilingual) -> str:
    return urls_for.absolute(urls_for.canonical_path(item, get_language()))
