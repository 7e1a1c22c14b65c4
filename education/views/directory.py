"""Views of the helpline directory, the emergency numbers, the glossary and the organisations."""

from itertools import groupby
from unicodedata import normalize
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education import page_groups
from education.helplines.emergency import emergency_set
from education.helplines.selection import directory_groups
from education.models import Audience, Organisation, Term, Topic
from education.views import page_context
from safetycenter import provinces
from safetycenter.page_cache.middleware import cached_page

MAX_OPEN = 4  # up to this many helplines are shown in full, not collapsed


@cached_page(query=("need", "province"), groups=())
@require_safe
def helplines(request: HttpRequest) -> HttpResponse:
    """Return all helplines, emergencies first, or those for one need and one province.

    The address identifies both by a number, because a name in it would reveal the reader's situation.
    """
    topics, audiences = _filter_options()
    need = _chosen_need(request.GET.get("need", ""), topics | audiences)
    province = _chosen_province(request.GET.get("province", ""))
    emergencies, *groups = directory_groups(province, need)
    context = page_context.for_url_name("education:helplines", quick_exit=True) | {
        "emergencies": emergencies,
        "groups": groups,
        "few": sum(len(cards) for _label, cards in groups) <= MAX_OPEN,
        "need": need,
        "needs": [(_("About what"), topics), (_("For whom"), audiences)],
        "province": province,
        "provinces": provinces.by_name(),
    }
    if query := urlencode({name: request.GET[name] for name in ("need", "province") if request.GET.get(name)}):
        context["alternates"] = {code: f"{path}?{query}" for code, path in context["alternates"].items()}
    return render(request, "education/helplines.html", context)


def _filter_options() -> tuple[dict[str, Topic], dict[str, Audience]]:
    """Return the needs to choose from, by their keys in the address; empty if the database does not answer."""
    try:
        topics = {f"t{topic.order}": topic for topic in Topic.objects.published()}
        return topics, {f"a{audience.order}": audience for audience in Audience.objects.published()}
    except DatabaseError:
        return {}, {}


def _chosen_need(key: str, offered: dict[str, Topic | Audience]) -> Topic | Audience | None:
    """Return the need with this key, None for an empty key. Raises Http404 for any other key."""
    if key and key not in offered:
        raise Http404
    return offered.get(key)


def _chosen_province(key: str) -> provinces.Province | None:
    """Return the province with this key, None for an empty key. Raises Http404 for any other key."""
    if key and key not in provinces.BY_KEY:
        raise Http404
    return provinces.BY_KEY.get(key)


@cached_page(groups=())
@require_safe
def emergency_numbers(request: HttpRequest) -> HttpResponse:
    """Return the emergency numbers on a page of at most 5 KB that needs neither scripts nor styles (A7)."""
    context = page_context.for_url_name("education:emergency", quick_exit=True) | {"cards": emergency_set()}
    return render(request, "education/emergency.html", context)


@cached_page(groups=(page_groups.GLOSSARY,))
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """Return all glossary words, grouped by first letter, in the alphabetical order of the reader's language.

    One page for all words: 54 words are 6 KB compressed, and 250 still fit in the page limit of 25 KB. So links to a
    word need no letter, and one visit is enough to look up every word of a text.
    """
    written = [term for term in Term.objects.published() if get_language() in term.languages()]
    in_order = sorted(written, key=lambda term: (_letter(term), term.localized.term.casefold()))
    context = {"letters": [(letter, list(terms)) for letter, terms in groupby(in_order, key=_letter)]}
    return render(request, "education/glossary.html", page_context.for_url_name("education:glossary") | context)


def _letter(term: Term) -> str:
    """Return the letter under which to list the term; ``0-9`` for a word such as 2FA. Diacritics are ignored."""
    first = next(filter(str.isalnum, normalize("NFKD", term.localized.term)), "0")
    return first.upper() if first.isalpha() else "0-9"


@cached_page(groups=(page_groups.ORGANISATIONS,))
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Return the reference organisations, named without endorsement (K18)."""
    context = page_context.for_url_name("education:organisations") | {"organisations": Organisation.objects.published()}
    return render(request, "education/organisations.html", context)
