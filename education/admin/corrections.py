"""Page of the corrections that one release brought: by kind of text, to accept or to decline together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from education.models import Publishable, Revision, Status
from education.models.revision import OPEN
from education.publishing import correction_batch, workflow
from education.translation import language_name
from safetycenter.hints import Text
from safetycenter.transitions import NotAllowed

from . import differences
from .translation_matrix import KINDS
from .waiting import without_texts

MAX_DIFF = 500  # characters shown of each changed field; the publish page has the rest
DONE_LABELS = {"accept": workflow.ACTIONS["publish"].label, "decline": workflow.ACTIONS["withdraw"].label}


@dataclass
class Kind:
    """One kind of text of a release: how many corrections are open and decided."""

    model: type[Publishable]
    open: int
    decided: int

    @property
    def key(self) -> str:
        """Return the name of the model in addresses."""
        return str(self.model._meta.model_name)

    @property
    def name(self) -> Text:
        """Return the name of the kind."""
        return self.model._meta.verbose_name_plural or ""


@dataclass
class Correction:
    """One correction as the page shows it; ``edited`` and ``kept`` name fields of this site and who wrote them."""

    revision: Revision
    item: Publishable
    languages: list[str]
    changes: list[differences.Difference]
    edited: list[str]
    kept: list[str]
    reasons: list[str]
    address: str

    @property
    def shown(self) -> str:
        """Return what the form sends: the version of which the page shows the change, and the newest one then."""
        return f"{self.revision.pk}:{self.revision.latest}"  # type: ignore[attr-defined]

    @property
    def extent(self) -> str:
        """Return how many fields change, in words."""
        text = ngettext("%(count)d field changes", "%(count)d fields change", len(self.changes))
        return text % {"count": len(self.changes)}

    @property
    def marks(self) -> list[tuple[str, list[str]]]:
        """Return what comes and goes of numbers and links, each with its label."""
        found = self.revision.correction
        labels = (
            ("numbers", "new", _("Phone number added")),
            ("numbers", "gone", _("Phone number removed")),
            ("links", "new", _("Link added")),
            ("links", "gone", _("Link removed")),
        )
        return [(label, names) for what, way, label in labels if (names := found.get(what, {}).get(way))]


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, release: str) -> HttpResponse:
    """Show the corrections of ``release``, of one kind at a time. A POST decides on those of that kind together."""
    if not request.user.has_perm("education.view_revision"):
        raise PermissionDenied
    kinds = _kinds(release)
    if not kinds:
        raise Http404
    asked = (request.POST if request.method == "POST" else request.GET).get("kind")
    kind = next((one for one in kinds if one.key == asked), next((one for one in kinds if one.open), kinds[0]))
    if request.method == "POST":
        return _decide(request, release, kind)
    rows = _corrections(release, kind.model)
    ready = [row for row in rows if not row.reasons]
    declinable = [row for row in rows if correction_batch.may_be_declined(kind.model, row.revision)]
    context = {
        **admin.site.each_context(request),
        "opts": Revision._meta,
        "title": _("Corrections of release %(release)s") % {"release": release},
        "release": release,
        "kinds": kinds,
        "kind": kind,
        "ready": ready,
        "alone": [row for row in rows if row.reasons],
        "declinable": declinable,
        "may_decide": request.user.has_perm(workflow.PUBLISH_PERMISSION),
        "max_reason": workflow.MAX_NOTE_LENGTH,
    }
    return TemplateResponse(request, "education/admin/corrections.html", context)


def page_address(release: str, kind: str = "") -> str:
    """Return the address of the page of ``release``, with the corrections of ``kind``."""
    return reverse("admin:education_corrections", args=[release]) + (f"?kind={kind}" if kind else "")


def _kinds(release: str) -> list[Kind]:
    """Return the kinds of text that ``release`` corrects, those of most pages first. Takes one query."""
    counts = Revision.objects.filter(release=release).order_by().values_list("content_type")
    found = counts.annotate(open=Count("pk", filter=Q(status__in=OPEN)), decided=Count("pk", filter=_is_decided()))
    by_model = {ContentType.objects.get_for_id(key).model_class(): (now, done) for key, now, done in found}
    return [Kind(model, *by_model[model]) for model in KINDS if model in by_model]


def _is_decided() -> Q:
    return Q(status__in=(Status.PUBLISHED, Status.WITHDRAWN))


def _corrections(release: str, model: Any) -> list[Correction]:
    revisions = list(correction_batch.open_of(release, model))
    items = without_texts(model).in_bulk([one.object_id for one in revisions])
    keys = {key for one in revisions for part in ("replaced", "kept") for key in one.correction.get(part, {}).values()}
    names = {key: str(account) for key, account in get_user_model().objects.in_bulk(keys - {None}).items()}
    return [_correction(one, items[one.object_id], names) for one in revisions if one.object_id in items]


def _correction(revision: Revision, item: Publishable, names: dict[Any, str]) -> Correction:
    found = revision.correction
    changes = _changes(item, found.get("changes", {}))
    codes = dict.fromkeys(one.language for one in changes)
    model = type(item)
    return Correction(
        revision,
        item,
        [language_name(code) if code else _("what both languages share") for code in codes],
        changes,
        _written_here(item, found.get("replaced", {}), names),
        _written_here(item, found.get("kept", {}), names),
        correction_batch.reasons(model, revision),
        reverse(f"admin:education_{model._meta.model_name}_proposal", args=[item.pk]),
    )


def _changes(item: Publishable, changes: dict[str, list]) -> list[differences.Difference]:
    """Return the word diff of the changed sentences of each field."""
    before, after = ({name: pair[place] for name, pair in changes.items()} for place in (0, 1))
    return differences.differences_between(item, before, after, MAX_DIFF)


def _written_here(item: Publishable, columns: dict[str, Any], names: dict[Any, str]) -> list[str]:
    """Return "field, by whom" for ``columns``, in the order of the fields."""
    text = _("%(field)s, written by %(name)s")
    unknown = _("somebody on this site")
    labels = differences.full_labels(item)
    return [
        text % {"field": labels[name], "name": names.get(columns[name], unknown)} for name in labels if name in columns
    ]


def _decide(request: HttpRequest, release: str, kind: Kind) -> HttpResponse:
    """Accept or decline what the page showed of ``kind``. Says by name what was done, and what was not and why."""
    if not request.user.has_perm(workflow.PUBLISH_PERMISSION):
        raise PermissionDenied
    step = request.POST.get("do")
    if step not in DONE_LABELS:
        raise Http404
    if "agree" not in request.POST:
        messages.error(request, _("Tick that you have read them. Nothing was changed."))
    else:
        try:
            _report(request, step, _outcome(request, release, kind))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
    return HttpResponseRedirect(page_address(release, kind.key))


def _outcome(request: HttpRequest, release: str, kind: Kind) -> correction_batch.Outcome:
    sent, by = request.POST, request.user

    def log(item: Publishable) -> None:
        admin.site._registry[type(item)].log_change(request, item, [str(DONE_LABELS[sent["do"]])])

    seen = dict(_pairs(sent.getlist("shown")))
    chosen = [(one, seen[one.pk]) for one in correction_batch.open_of(release, kind.model) if one.pk in seen]
    if sent["do"] == "accept":
        return correction_batch.accept(kind.model, chosen, by, log)
    return correction_batch.decline(kind.model, chosen, by, sent.get("reason", "")[: workflow.MAX_NOTE_LENGTH], log)


def _pairs(shown: Collection[str]) -> Iterable[tuple[int, int]]:
    for one in shown:
        key, _colon, number = one.partition(":")
        if key.isdecimal() and number.isdecimal():
            yield int(key), int(number)


def _report(request: HttpRequest, step: str, outcome: correction_batch.Outcome) -> None:
    if outcome.done:
        text = _("Now live: %(names)s.") if step == "accept" else _("Kept as this site has it: %(names)s.")
        messages.success(request, text % {"names": ", ".join(map(str, outcome.done))})
    for item, why in outcome.refused:
        messages.warning(request, _("Left as it was: %(name)s. %(why)s") % {"name": item, "why": why})
    if not outcome.done and not outcome.refused:
        messages.info(request, _("Somebody else has decided on these corrections in the meantime."))
