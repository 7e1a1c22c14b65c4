"""Views of the apps: their list, what each can do side by side, and the page of one app.

Where the age of 16 decides who may have an account, the page begins with what that means; steps in the app follow
under their own heading, for people who may have one.
"""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education import page_groups
from education.helplines import selection
from education.models import Platform
from education.models.platform import ABILITIES, AGE_FIELD, SECTIONS, STEP_SECTIONS, anchor_of_section, label_of
from education.rendering import guide_links, phone_links, rich_text
from education.views import page_context
from safetycenter.page_cache.middleware import cached_page, touched_only_by

STEPS_ANCHOR = "a0"  # the heading above all sections but the first
HELP_TOPIC = "reporting"  # the helplines beside the page
HEADINGS = {
    "under_16": gettext_lazy("Under 16?"),
    "rules": gettext_lazy("What its rules forbid"),
    "report": gettext_lazy("How to report, and what happens next"),
    "noticed": gettext_lazy("Will the other person find out?"),
    "appeal": gettext_lazy("If you disagree with a decision"),
    "block": gettext_lazy("Block or restrict someone"),
    "evidence": gettext_lazy("Save evidence first"),
    "contact": gettext_lazy("Who can contact you"),
    "feed": gettext_lazy("Filters for your feed and for comments"),
    "privacy": gettext_lazy("Privacy and location"),
    "family": gettext_lazy("Parental controls, and what parents are told"),
    "special_channels": gettext_lazy("Other ways to get help"),
    "limits": gettext_lazy("What you can't rely on"),
}
_HEADING = re.compile(r"<(/?)h[23](?: id=\"\w+\")?>")


@dataclass(frozen=True)
class Section:
    """One section as shown. ``html`` is empty if nothing was found about it."""

    anchor: str
    heading: str
    html: SafeString


@cached_page(groups=(page_groups.PLATFORMS,))
@require_safe
def platforms(request: HttpRequest) -> HttpResponse:
    """Return the list of apps."""
    context = page_context.for_url_name("education:platforms") | {"platforms": _listed()}
    return render(request, "education/platforms.html", context)


@cached_page(groups=(page_groups.PLATFORMS,))
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Return the table of what each app can do. A cell says in words what was found."""
    shown = list(_listed())
    rows = [(label_of(name), [(getattr(one, name), _in_words(one, name)) for one in shown]) for name in ABILITIES]
    context = page_context.for_url_name("education:compare_platforms") | {
        "platforms": shown,
        "rows": rows,
        "tried": sum(one.tried_on is not None for one in shown),
    }
    return render(request, "education/compare_platforms.html", context)


@cached_page
@require_safe
@page_context.object_by_slug(Platform.objects.published)
def platform(request: HttpRequest, platform: Platform) -> HttpResponse:
    """Return the page of one app."""
    touched_only_by(request, page_groups.group_of(platform))
    words = platform.localized
    first, others, missing = _sections(platform)
    heading = _steps_heading(platform, words.language)
    shown = [*first, *([Section(STEPS_ANCHOR, heading, SafeString(""))] if heading else []), *others]
    context = page_context.for_item(platform, sensitive=platform.sensitive) | {
        "platform": platform,
        "first": first,
        "steps_heading": heading,
        "steps_anchor": STEPS_ANCHOR,
        "has_steps": any(getattr(words, field) for field in STEP_SECTIONS),
        "sections": others,
        "missing": missing,
        "contents": [(section.anchor, section.heading) for section in shown],
        "sources": platform.sources.all(),
        "cards": selection.for_topic(HELP_TOPIC),
    }
    return render(request, "education/platform.html", context)


def _listed() -> QuerySet[Platform]:
    return Platform.objects.published().defer(*SECTIONS)


def _in_words(platform: Platform, ability: str) -> str:
    return getattr(platform, f"get_{ability}_display")()


def _sections(platform: Platform) -> tuple[list[Section], list[Section], list[str]]:
    """Return the section on age, if the page begins with it, the written others, and the headings of those missing."""
    words = platform.localized
    link = guide_links.linker(*(getattr(words, field) for field in SECTIONS))
    with override(words.language):
        found = {field: _section(field, getattr(words, field), link, platform.puts_age_first) for field in SECTIONS}
    age = found.pop(AGE_FIELD)
    others = list(found.values())
    if not platform.puts_age_first and age.html:
        others.insert(0, age)
    missing = [section.heading for section in others if not section.html]
    return [age] if platform.puts_age_first else [], [section for section in others if section.html], missing


def _section(field: str, html: str, link: phone_links.Link, is_nested: bool) -> Section:
    level = 4 if is_nested and field != AGE_FIELD else 3
    shown = link(_below(rich_text.render(html, get_language()).html, level)) if html else ""
    return Section(anchor_of_section(field), str(HEADINGS[field]), SafeString(shown))


def _below(html: str, level: int) -> SafeString:
    """Return ``html`` with headings of ``level``, below that of their section, and without ids.

    ``html`` comes clean from ``rich_text.render``; nothing but the names of its heading tags is replaced.
    """
    return SafeString(_HEADING.sub(rf"<\1h{level}>", html))


def _steps_heading(platform: Platform, language: str) -> str:
    """Return the heading above the steps in ``language``; empty if the age does not decide."""
    with override(language):
        match platform.age_rule:
            case Platform.AgeRule.CLOSED:
                return _("For 16 and over")
            case Platform.AgeRule.LIMITED:
                return _("For 16 and over, and for limited accounts under 16")
    return ""
