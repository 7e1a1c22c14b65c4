"""Structured data for search engines (JSON-LD, schema.org), but none for sensitive pages.

The data of other pages name no sensitive topic either (H26).

There is deliberately no SearchAction: with it, other sites would put search words into an address (H9).
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from education import urls_for
from education.models import Audience, Guide, News, Platform, Topic
from education.models.bilingual import Bilingual

from .preview import picture_of

# Escaped so that a text cannot end the script element or begin another one.
_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def as_script(*things: dict) -> SafeString:
    """Return the data block for the page head; empty without ``things``.

    It is data, to which the CSP does not apply.
    """
    if not things:
        return SafeString("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def home_data() -> SafeString:
    """Return the data of the site and its operator."""
    name = settings.SITE_NAME or _("Safety Center")
    home = urls_for.absolute(reverse("education:home"))
    site = {"@type": "WebSite", "name": name, "url": home, "inLanguage": get_language(), "publisher": _operator()}
    return as_script(site)


def item_data(item: Bilingual) -> SafeString:
    """Return the data of ``item`` and its breadcrumbs; empty if it is sensitive or shown in another language."""
    if getattr(item, "sensitive", False) or item.localized.language != get_language():
        return SafeString("")
    match item:
        case Guide():
            topic = [] if item.topic.sensitive else [_step(item.topic)]
            return as_script(
                _article(item, "Article", item.localized.short_answer),
                _breadcrumbs(_guides(), *topic, _step(item)),
            )
        case News():
            news = (_("News"), reverse("education:news"))
            dated = {"datePublished": item.date.isoformat()}
            return as_script(
                _article(item, "NewsArticle", item.localized.summary) | dated, _breadcrumbs(news, _step(item))
            )
        case Platform():
            apps = (_("Apps: rules and settings"), reverse("education:platforms"))
            return as_script(_breadcrumbs(apps, _step(item)))
        case Topic() | Audience():
            return as_script(_breadcrumbs(_guides(), _step(item)))
    return SafeString("")


def _article(item: Guide | News, kind: str, text: str) -> dict:
    return {
        "@type": kind,
        "headline": item.localized.title,
        "description": text,
        "url": _canonical_url(item),
        "mainEntityOfPage": _canonical_url(item),
        "inLanguage": get_language(),
        "dateModified": item.changed_on.isoformat(),
        "image": picture_of(item).url,
        "author": _operator(),
        "publisher": _operator(),
        "isAccessibleForFree": True,
    }


def _operator() -> dict:
    name = settings.OPERATOR["name"] or settings.SITE_NAME or _("Safety Center")
    return {"@type": "Organization", "name": name, "url": urls_for.absolute(reverse("education:home"))}


def _breadcrumbs(*steps: tuple[str, str]) -> dict:
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


def _canonical_url(item: Bilingual) -> str:
    return urls_for.absolute(urls_for.canonical_path(item, get_language()))
