"""Who helps, and what words mean."""

from itertools import groupby
from unicodedata import normalize
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.helplines import provinces
from education.helplines.selection import all_listed, emergency
from education.models import Audience, Organisation, Term, Topic
from education.views import page_context
from safetycenter.page_cache.middleware import cached_page

FEW = 4  # so many helplines are shown whole, not folded


@cached_page(query=("need", "province"))
@require_safe
def helplines(request: HttpRequest) -> HttpResponse:
    """All helplines, emergencies first; or those for one need and one province.

    Both stand in the address by a number that says nothing: an address with a name in it tells.
    """
    topics, audiences = _offered()
    need = _need(request.GET.get("need", ""), topics | audiences)
    province = _province(request.GET.get("province", ""))
    emergencies, *groups = all_listed(province, need)
    context = page_context.for_url_name("education:helplines", quick_exit=True) | {
        "emergencies": emergencies,
        "groups": groups,
        "few": sum(len(entries) for _label, entries in groups) <= FEW,
        "need": need,
        "needs": [(_("About what"), topics), (_("For whom"), audiences)],
        "province": province,
        "provinces": provinces.by_name(),
    }
    if query := urlencode({name: request.GET[name] for name in ("need", "province") if request.GET.get(name)}):
        context["alternates"] = {code: f"{path}?{query}" for code, path in context["alternates"].items()}
    return render(request, "education/helplines.html", context)


def _offered() -> tuple[dict[str, Topic], dict[str, Audience]]:
    """What may be asked for, by keys for the address; nothing when the database does not answer."""
    try:
        topics = {f"t{topic.order}": topic for topic in Topic.objects.all()}
        return topics, {f"a{audience.order}": audience for audience in Audience.objects.all()}
    except DatabaseError:
        return {}, {}


def _need(key: str, offered: dict[str, Topic | Audience]) -> Topic | Audience | None:
    """What is offered under this key, none for an empty one, "not found" for any other."""
    if key and key not in offered:
        raise Http404
    return offered.get(key)


def _province(key: str) -> provinces.Province | None:
    """The province with this key, none for an empty one, "not found" for any other."""
    if key and key not in provinces.BY_KEY:
        raise Http404
    return provinces.BY_KEY.get(key)


@cached_page
@require_safe
def emergency_numbers(request: HttpRequest) -> HttpResponse:
    """The emergency numbers on a page of at most 5 KB that needs no script and no style (A7)."""
    context = page_context.for_url_name("education:emergency", quick_exit=True) | {"entries": emergency()}
    return render(request, "education/emergency.html", context)


@cached_page
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words under their first letters, in the order of the reader's language.

    One page for all: 54 words are 6 KB on the wire, and 250 still fit in the 25 KB of any page. So a link to a word
    needs to know no letter, and the words of a text can be looked up without another visit.
    """
    written = [term for term in Term.objects.published() if get_language() in term.languages()]
    in_order = sorted(written, key=lambda term: (_letter(term), term.localized.term.casefold()))
    context = {"letters": [(letter, list(terms)) for letter, terms in groupby(in_order, key=_letter)]}
    return render(request, "education/glossary.html", page_context.for_url_name("education:glossary") | context)


def _letter(term: Term) -> str:
    """Under which letter a reader looks for it; ``0-9`` for a word such as 2FA. Marks on letters make no difference."""
    first = next(filter(str.isalnum, normalize("NFKD", term.localized.term)), "0")
    return first.upper() if first.isalpha() else "0-9"


@cached_page
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Reference organisations, named without endorsement (K18)."""
    context = page_context.for_url_name("education:organisations") | {"organisations": Organisation.objects.published()}
    return render(request, "education/organisations.html", context)
