"""Who helps, and what words mean."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from education import provinces
from education.helplines import all_listed, emergency
from education.models import Organisation, Term
from education.views import shown
from safetycenter.published_page import published_page


@published_page(query=("province",))
@require_safe
def helplines(request: HttpRequest) -> HttpResponse:
    """All helplines, emergencies first; or those for one province, by its number: an address with its name tells."""
    province = _province(request.GET.get("province", ""))
    context = shown.of_name("education:helplines", quick_exit=True) | {
        "groups": all_listed(province),
        "province": province,
        "provinces": provinces.by_name(),
    }
    if province:
        same = {code: f"{path}?province={province.key}" for code, path in context["alternates"].items()}
        context["alternates"] = same
    return render(request, "education/helplines.html", context)


def _province(key: str) -> provinces.Province | None:
    """The province with this key, none for an empty one, "not found" for any other."""
    if key and key not in provinces.BY_KEY:
        raise Http404
    return provinces.BY_KEY.get(key)


@published_page
@require_safe
def emergency_numbers(request: HttpRequest) -> HttpResponse:
    """The emergency numbers on a page of at most 5 KB that needs no script and no style (A7)."""
    context = shown.of_name("education:emergency", quick_exit=True) | {"entries": emergency()}
    return render(request, "education/emergency.html", context)


@published_page
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words, in the order of the reader's language."""
    written = [term for term in Term.objects.published() if get_language() in term.languages()]
    context = {"terms": sorted(written, key=lambda term: term.words.term.casefold())}
    return render(request, "education/glossary.html", shown.of_name("education:glossary") | context)


@published_page
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Reference organisations, named without endorsement (K18)."""
    context = shown.of_name("education:organisations") | {"organisations": Organisation.objects.published()}
    return render(request, "education/organisations.html", context)
