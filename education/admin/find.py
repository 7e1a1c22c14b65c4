"""The page that finds any item of the newsroom, of every kind and state."""

from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education.models import (
    Audience,
    Guide,
    HelpBlock,
    Helpline,
    HelplineRole,
    Lesson,
    News,
    Organisation,
    Page,
    Picture,
    Platform,
    Publishable,
    Quiz,
    Synonym,
    Term,
    Topic,
)
from education.models.bilingual import columns
from education.models.guide import LARGE_FIELDS
from safetycenter.hints import Text

from . import version_before

PER_KIND = 10
MAX_QUERY_LENGTH = 100


class Found(NamedTuple):
    """An item that fits: its name, the number or key by which it is known, its state, its form, and the text before."""

    name: str
    known_as: str
    state: Text
    address: str
    before: str


# The kinds of item that have a form, with the field by which an item is known beside its name.
FOUND_BY: dict[type[Model], str] = {
    Guide: "number",
    Page: "key",
    Helpline: "slug",
    Term: "key",
    News: "key",
    Quiz: "number",
    Lesson: "key",
    Organisation: "key",
    Platform: "key",
    HelpBlock: "name",
    Topic: "key",
    Audience: "key",
    Picture: "title",
    Synonym: "typed",
    HelplineRole: "role",
}
# Where the words of other kinds are looked for. All others have a name, the first of their required fields.
WORDS: dict[type[Model], tuple[str, ...]] = {
    Picture: ("title", *columns("alt"), *columns("caption")),
    Synonym: ("typed", "means"),
    HelplineRole: tuple(f"helpline__{name}" for name in columns(Helpline.required_fields[0])),
}


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show the items of every kind and state whose name, number, key or phone number fits ``?q=``."""
    if not request.user.has_perm("education.view_guide"):
        raise PermissionDenied
    query = request.GET.get("q", "").strip()[:MAX_QUERY_LENGTH]
    kinds = _kinds(query) if query else []
    groups = [(capfirst(model._meta.verbose_name_plural), _found(model, query, request.user)) for model in kinds]
    context = {
        **admin.site.each_context(request),
        "title": _("Find a text"),
        "query": query,
        "groups": [group for group in groups if group[1]],
        "per_kind": PER_KIND,
    }
    return TemplateResponse(request, "education/admin/find.html", context)


def _kinds(query: str) -> list[type[Model]]:
    """Return the kinds that have an item which fits. One query, so that most kinds need no other."""
    kinds = list(FOUND_BY)
    place = "place_of_kind"
    parts = [
        _fitting(model, query).order_by().annotate(**{place: Value(number)}).values_list(place, flat=True)
        for number, model in enumerate(kinds)
    ]
    return [kinds[number] for number in sorted(parts[0].union(*parts[1:]))]


def _found(model: type[Model], query: str, by: Any) -> list[Found]:
    items = _fitting(model, query)[:PER_KIND]
    change = f"admin:education_{model._meta.model_name}_change"
    return [
        Found(
            str(item),
            _known_as(item),
            item.shown_state() if isinstance(item, Publishable) else "",
            reverse(change, args=[item.pk]),
            version_before.address_for(item, by),
        )
        for item in items
    ]


def _known_as(item: Any) -> str:
    if isinstance(item, Picture):
        return item.localized.alt
    if isinstance(item, HelplineRole):
        return str(item.helpline or "–")
    return ", ".join(item.phrases) if isinstance(item, Synonym) else str(getattr(item, FOUND_BY[type(item)]))


def _has_word(model: Any, word: str) -> Q:
    names = WORDS.get(model) or columns(model.required_fields[0])
    found = Q(*((f"{name}__icontains", word) for name in names), _connector=Q.OR)
    if model is HelplineRole:  # its name is a sentence of the code
        found |= Q(role__in=[role for role in model.Role if word.casefold() in str(role.label).casefold()])
    return found


def _fitting(model: Any, query: str) -> QuerySet:
    """Return the items that have every word of ``query`` in their name, or it as number, key or phone number."""
    words = Q()
    for word in query.split():
        words &= _has_word(model, word)
    known_as, number = FOUND_BY[model], query.removeprefix("p/").strip("/")
    if known_as != "number":
        words |= Q((f"{known_as}__icontains", query))
    elif number.isascii() and number.isdigit() and len(number) < 6:
        words |= Q(number=int(number))
    if model is Helpline:
        words |= Q(pk__in=Helpline.objects.filter(channels__value__icontains=query).values("pk"))
    found = model._default_manager.filter(words)
    if model is HelplineRole:
        return found.select_related("helpline")
    return found.defer(*LARGE_FIELDS) if model is Guide else found
