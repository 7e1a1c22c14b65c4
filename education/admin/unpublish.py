"""Page shown before unpublishing an item: it lists the pages that link to it, so that an editor can correct them."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from education import urls_for
from education.helplines import emergency
from education.models import (
    Guide,
    HelpBlock,
    Helpline,
    HelplineRole,
    Lesson,
    News,
    Organisation,
    Page,
    Platform,
    Publishable,
    Quiz,
    State,
    Term,
)
from education.models.bilingual import LANGUAGES
from education.publishing import groups, workflow
from education.publishing.checks.destinations import destination
from education.publishing.publication import is_sensitive
from safetycenter.hints import AdminMixin, Text

_MODELS_WITH_TEXT = (Guide, Page, News, Lesson, Quiz, Term, Helpline, Organisation, HelpBlock, Platform)
# Other models that refer to an item, with the lookup. Lists, related guides and search update automatically.
_REFERENCES: dict[type, tuple[tuple[type[Model], str], ...]] = {
    Guide: ((Quiz, "scenarios__guide"), (Lesson, "guides"), (HelpBlock, "guide")),
    Quiz: ((Lesson, "quizzes"),),
    **groups.PAGES,
    Helpline: ((HelplineRole, "helpline"), (Guide, "helplines"), (Lesson, "helplines")),
}

_NUMBER = re.compile(rf"(?:/?(?:{'|'.join(LANGUAGES)}))?/?(?:p/)?(\d{{1,5}})/?")
_HOST = re.compile(r"^(?:https?://)?[^/]*(?=/)|[?#].*$")


class IncomingLink(NamedTuple):
    """A page that links to the item: its kind, its name, and the address where it can be edited."""

    kind: Text
    name: str
    url: str


class UnpublishMixin(AdminMixin):
    """Mixin for admin classes of publishable items: the confirmation page before unpublishing."""

    def get_urls(self) -> list[URLPattern]:
        """Return the URLs of the other pages and of this one."""
        view = self.admin_site.admin_view(require_safe(self.confirm_unpublish))
        return [path("<int:object_id>/take-down/", view, name=f"{self.url_name}_unpublish"), *super().get_urls()]

    def confirm_unpublish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the pages that link to the item, and the button that unpublishes it."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if workflow.ACTIONS["archive"].refusal(item, request.user):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Unpublish: %(name)s") % {"name": item},
            "opts": self.opts,
            "item": item,
            "incoming_links": incoming_links(item),
            "refusal": groups.unpublish_refusal(item),
            "reason": request.GET.get("reason", "")[: workflow.MAX_NOTE_LENGTH],
            "what_it_is": _summary(item),
            "comes_back": isinstance(item, Helpline) and emergency.is_in_emergency_bar(item),
            "second_person": not request.user.has_perm(workflow.PUBLISH_PERMISSION) or is_sensitive(item),
            "act_address": reverse(f"admin:{self.url_name}_act", args=[item.pk, "archive"]),
            "change_address": reverse(f"admin:{self.url_name}_change", args=[item.pk]),
        }
        return TemplateResponse(request, "education/admin/confirm_unpublish.html", context)


@require_safe
def find_published_page(request: HttpRequest) -> HttpResponse:
    """Redirect from the number or address of a public page to its unpublishing page."""
    if not request.user.has_perm(workflow.UNPUBLISH_PERMISSION):
        raise PermissionDenied
    item = _item_at(request.GET.get("what", "").strip())
    if item is None or not isinstance(item, Publishable):
        messages.error(request, _("There is no published page with this number or address. Nothing was unpublished."))
        return HttpResponseRedirect(reverse("admin:index"))
    reason = urlencode({"reason": request.GET.get("reason", "")})
    return HttpResponseRedirect(
        reverse(f"admin:education_{item._meta.model_name}_unpublish", args=[item.pk]) + f"?{reason}"
    )


def _item_at(what: str) -> Model | None:
    """Return the published item at a number, as in ``38`` or ``p/38``, or at an address with or without its host."""
    number = _NUMBER.fullmatch(what)
    path = f"/{LANGUAGES[0]}/p/{number[1]}/" if number else _HOST.sub("", what)
    found = destination(path if path.endswith("/") else f"{path}/")
    return found and found.item


def _summary(item: Publishable) -> str:
    """Return a short text by which a person recognizes the page."""
    names = [name for name in ("short_answer", "summary", "definition", "role") if name in item.translated_fields()]
    return next((text for name in names if (text := getattr(item.localized, name))), "")


def incoming_links(item: Publishable) -> list[IncomingLink]:
    """Return the items that link to ``item``, each once, except unpublished ones."""
    found = {(type(one), one.pk): one for one in (*_referring_items(item), *_items_with_links(item))}
    found.pop((type(item), item.pk), None)
    return [_incoming_link(one) for one in found.values()]


def _referring_items(item: Publishable) -> Iterator[Model]:
    for model, way in _REFERENCES.get(type(item), ()):
        yield from _not_archived(model).filter(**{way: item})


def _items_with_links(item: Publishable) -> Iterator[Model]:
    if not urls_for.has_page(item):
        return
    places = urls_for.all_urls(item)
    for model in _MODELS_WITH_TEXT:
        for one in _not_archived(model):
            if any(place in text for text in _texts(one) for place in places):
                yield one


def _not_archived(model: type[Model]) -> QuerySet:
    kept = model.objects.exclude(state=State.ARCHIVED) if issubclass(model, Publishable) else model.objects.all()
    return kept.prefetch_related("scenarios") if model is Quiz else kept


def _texts(one: Model) -> Iterator[str]:
    parts = [one, *one.scenarios.all()] if isinstance(one, Quiz) else [one]
    for part in parts:
        yield from (part.text(name, code) or "" for name in part.translated_fields() for code in LANGUAGES)


def _incoming_link(one: Model) -> IncomingLink:
    meta = one._meta
    return IncomingLink(
        meta.verbose_name, str(one), reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[one.pk])
    )
