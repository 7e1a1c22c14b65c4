"""What one person wrote and readers do not see yet: conditions on revisions, and the filter of the list of versions."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from education.library import alts
from education.models import Revision, State, Status
from education.publishing.publication import PUBLISHING_ACTIONS
from safetycenter.roles import Account

from .translation_matrix import KINDS

SENT_BACK = ("return", "withdraw", "cancel_time")  # steps that end the wait of somebody's text
RETURNED, DRAFTS, WAITING, OTHERS = "returned", "drafts", "waiting", "others"


def unpublished(user: Account) -> Q:
    """Return the condition for the newest text of an item that was never published, written by ``user``."""
    return (
        Q(author_id=user.pk, status=Status.SAVED, action="")
        & ~Exists(_of_same_item().filter(action="", number__gt=OuterRef("number")))
        & ~Exists(_of_same_item().filter(action__in=PUBLISHING_ACTIONS))
    )


def in_review_of_others(kind: Any, user: Account) -> QuerySet:
    """Return the items of ``kind`` in review, except those whose newest text ``user`` wrote."""
    texts = Revision.objects.filter(content_type=ContentType.objects.get_for_model(kind), object_id=OuterRef("pk"))
    newest = texts.filter(action="").order_by("-number").values("author_id")[:1]
    found = kind.objects.filter(state=State.IN_REVIEW).annotate(writer=Subquery(newest))
    return found.filter(Q(writer=None) | ~Q(writer=user.pk))


def last_action() -> Subquery:
    """Return the last step that was taken with the item of a revision; empty if somebody has saved it since.

    A text that somebody else withdrew was returned to its author.
    """
    steps = _of_same_item().exclude(action=alts.READ)  # says nothing of the text as a whole
    by_another = When(Q(action="withdraw") & ~Q(author_id=OuterRef("author_id")), then=Value("return"))
    step = Case(by_another, default=F("action"))
    return Subquery(steps.order_by("-number").annotate(step=step).values("step")[:1])


def _of_same_item() -> QuerySet:
    return Revision.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))


def _returned(user: Account) -> Q:
    return _open(user, Status.RETURNED) | (_drafts_of(user) & Q(last_action="return"))


def _drafts(user: Account) -> Q:
    return _drafts_of(user) & ~Q(last_action="return")


def _waiting(user: Account) -> Q:
    return _open(user, Status.WAITING) | (unpublished(user) & _about_items(state=State.IN_REVIEW))


def _others(user: Account) -> Q:
    return ~Q(author_id=user.pk) & Q(release="")  # corrections of a release have a page


def _open(user: Account, status: Status) -> Q:
    return Q(author_id=user.pk, status=status) & _about_items()


def _drafts_of(user: Account) -> Q:
    return unpublished(user) & _about_items(state=State.DRAFT)


def _about_items(**chosen: str) -> Q:
    """Return the condition that the item exists, and is as ``chosen``."""
    kinds: Any = KINDS
    found = Q()
    for kind in kinds:
        items = kind.objects.filter(**chosen).order_by().values("pk")
        found |= Q(content_type=ContentType.objects.get_for_model(kind), object_id__in=items)
    return found


_CHOICES: dict[str, tuple[Any, Callable[[Account], Q]]] = {
    RETURNED: (_("Returned to me"), _returned),
    DRAFTS: (_("My drafts"), _drafts),
    WAITING: (_("My texts that wait"), _waiting),
    OTHERS: (_("Texts of others"), _others),
}


class InReviewFilter(admin.SimpleListFilter):
    """List filter of a kind of item: what the first page counts as in review, without one's own texts."""

    title = _("to review")
    parameter_name = "to_review"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the only choice besides all."""
        return [(OTHERS, _("Texts of others"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the items of the choice."""
        if self.value() != OTHERS:
            return queryset
        return queryset.filter(pk__in=in_review_of_others(queryset.model, request.user).values("pk"))


class OwnTextsFilter(admin.SimpleListFilter):
    """List filter of versions: the texts that the first page lists as those of the person who looks."""

    title = _("my work")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the choices besides all."""
        return [(name, label) for name, (label, _find) in _CHOICES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the versions of the choice."""
        if self.value() not in _CHOICES:
            return queryset
        _label, find = _CHOICES[self.value() or ""]
        found = Revision.objects.annotate(last_action=last_action()).filter(find(request.user))
        return queryset.filter(pk__in=found.values("pk"))
