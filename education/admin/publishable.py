"""Base admin of publishable items: saving creates a text, and workflow buttons publish it."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Field, OuterRef, QuerySet
from django.forms import BaseFormSet, SplitDateTimeField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from education import urls_for
from education.models import Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.models.serialization import snapshot
from education.publishing import workflow
from education.publishing.publication import withdrawn_texts
from safetycenter.transitions import NotAllowed, available

from . import outdated
from .base import ContentAdmin
from .formsets import submitted_snapshot
from .own_texts import InReviewFilter
from .proposal import ProposalMixin, schedule_context
from .side_by_side import SideBySideMixin, side_address
from .unpublish import UnpublishMixin
from .version_before import VersionBeforeMixin

STATUS = gettext_lazy("Status and settings")  # the heading of the first group of fields
TIME_FIELDS = ("publish_at", "archive_at")
LATER = "later"  # approved for a time that has not come


@admin.action(description=workflow.ACTIONS["submit"].label)
def submit(modeladmin: ModelAdmin, request: HttpRequest, queryset: QuerySet) -> None:
    """Submit every selected draft. There is no such bulk action for publishing, which is decided for each text."""
    done = 0
    for item in queryset:
        try:
            workflow.perform(item, "submit", request.user)
            done += 1
        except NotAllowed as refusal:
            messages.error(request, f"{item}: {refusal}")
    if done:
        text = ngettext("%(count)d draft submitted for review.", "%(count)d drafts submitted for review.", done)
        messages.success(request, text % {"count": done})


class StateFilter(admin.SimpleListFilter):
    """List filter by what readers see: a page whose time has not come, or is over, is not called live."""

    title = gettext_lazy("status")
    parameter_name = "state__exact"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the states, and the approved items that wait for their time."""
        return [*State.choices, (LATER, gettext_lazy("Approved, not live yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the items that are in the chosen state for readers."""
        state = self.value()
        if state == State.PUBLISHED:
            return queryset.published()
        if state == State.ARCHIVED:
            return queryset.unpublished()
        if state == LATER:
            return queryset.filter(state=State.PUBLISHED, publish_at__gt=timezone.now())
        return queryset.filter(state=state) if state in State.values else queryset


class HasProposalFilter(admin.SimpleListFilter):
    """List filter for items with a waiting text."""

    title = gettext_lazy("draft change")
    parameter_name = "proposal"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Sequence[tuple[Any, Any]]:
        """Return the only choice besides all."""
        return [("waiting", Status.WAITING.label)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Return the items whose proposal a publisher can publish."""
        return queryset.filter(has_waiting=True) if self.value() == "waiting" else queryset


class PublishableAdmin(SideBySideMixin, UnpublishMixin, VersionBeforeMixin, ProposalMixin, ContentAdmin):
    """Admin of items with a state. Saving a published item creates a proposal, for publishers too."""

    actions: Any = (submit,)
    list_display: Any = ("__str__", "state_shown", "proposed", "written_in", "changed_on")
    list_filter: ClassVar[Any] = (StateFilter, HasProposalFilter)
    readonly_fields: ClassVar[Any] = ("state_shown",)
    times: ClassVar[tuple[str, ...]] = TIME_FIELDS

    @admin.display(description=gettext_lazy("status"), ordering="state")
    def state_shown(self, item: Publishable) -> str:
        """Return the status as readers have it; the times in a form are those of its open text."""
        return vars(item).get("said_state") or item.shown_state()

    @admin.display(description=gettext_lazy("languages"))
    def written_in(self, item: Publishable) -> str:
        """Return the languages in which the item is written."""
        return ", ".join(code.upper() for code in item.languages()) or "–"

    @admin.display(description=gettext_lazy("draft change"), ordering="-has_waiting")
    def proposed(self, item: Publishable) -> str:
        """Return whether a text waits for a publisher."""
        return _("Waiting") if item.has_waiting else "–"

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Return the filters of the list, with that of the texts to review."""
        return (*super().get_list_filter(request), InReviewFilter)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the items with ``has_waiting``, which marks those with a waiting text."""
        waiting = Revision.objects.filter(
            content_type=ContentType.objects.get_for_model(self.model),
            object_id=OuterRef("pk"),
            status=Status.WAITING,
        )
        return super().get_queryset(request).annotate(has_waiting=Exists(waiting))

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return the actions without bulk deletion, because each deletion has a separate permission check."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        """Return Django's form field. The two inputs of a time, which have no labels, get accessible names."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, SplitDateTimeField):
            for widget, part in zip(field.widget.widgets, (_("Date"), _("Time")), strict=True):
                widget.attrs["aria-label"] = f"{field.label}, {part}"
        return field

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fieldsets with the times before the last one, which asks what was changed."""
        fieldsets = super().get_fieldsets(request, obj)
        when = (_("When"), {"fields": [self.times], "classes": ["collapse"]})
        return [*fieldsets[:-1], when, fieldsets[-1]]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the read-only fields. Only publishers may set the times."""
        fields = [*super().get_readonly_fields(request, obj)]
        return fields if request.user.has_perm(workflow.PUBLISH_PERMISSION) else [*fields, *self.times]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow deleting drafts; unpublished items only for publishers; published items never."""
        allowed = super().has_delete_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        once_published = obj.state in workflow.ONCE_PUBLIC
        return not workflow.is_saved_as_proposal(obj) and (
            not once_published or request.user.has_perm(workflow.PUBLISH_PERMISSION)
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the item with its open text, if any; on POST, the row is locked.

        Withdrawn texts are filled in for a language that was never published.
        """
        item = super().get_object(request, object_id, from_field)
        if item is not None:
            item.said_state = item.shown_state()
            if request.method == "POST":
                item.as_saved = self.model.objects.select_for_update().filter(pk=item.pk).first()
            item.proposal = Revision.objects.open_proposal(item)
            if item.proposal:
                item.proposal.apply_to(item)
            else:
                item.withdrawn_words = withdrawn_texts(item)
                vars(item).update(item.withdrawn_words)
        return item

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Render the page with the actions that this person can take now."""
        if obj:
            context["workflow"] = self._action_buttons(request, obj)
            context["act_address"] = f"admin:{self.url_name}_act"
            context["unpublish_url"] = reverse(f"admin:{self.url_name}_unpublish", args=[obj.pk])
            context["proposes"] = workflow.is_saved_as_proposal(obj)
            context["proposal_url"] = self.proposal_url(obj)
            context["side_address"] = side_address(obj, LANGUAGES[1])
            context["answer"] = self.change_request_for(obj)
            context |= schedule_context(type(obj).objects.get(pk=obj.pk), request.user)
            context["reader_address"] = self._public_url(obj)
            context |= outdated.outdated_panel(request, obj) | {"change_address": ""}  # the fields are on this page
            outdated.mark_fields(
                context["adminform"].form, obj, _("Out of date: see what changed, at the top of this page.")
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _action_buttons(self, request: HttpRequest, item: Publishable) -> dict:
        """Return the actions that do not require reading the text again. The proposal page has the others."""
        names = ("submit", "archive", "confirm_unpublish", "restore")
        return available({name: workflow.ACTIONS[name] for name in names}, item, request.user)

    def _public_url(self, item: Publishable) -> str:
        if not item.is_published() or not urls_for.has_page(item):
            return ""
        return urls_for.url_of(type(item).objects.get(pk=item.pk), get_language())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row, unless the item is published."""
        if change and workflow.is_saved_as_proposal(obj):
            return
        if not form.cleaned_data["minor"]:
            obj.changed_on = timezone.localdate()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Iterable[BaseFormSet], change: bool) -> None:
        """Save a proposal if the item is published, otherwise the row and its related rows."""
        item = form.instance
        if not (change and workflow.is_saved_as_proposal(item)):
            super().save_related(request, form, formsets, change)
            return
        now = item.proposal.data if item.proposal else snapshot(item.as_saved)
        data = submitted_snapshot(form, formsets)
        item.is_new_text = data != now
        if item.is_new_text:
            self.keep_revision(request, form, data)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Redirect to the proposal page with a message after a proposal was saved."""
        if obj.state != State.PUBLISHED:
            return super().response_change(request, obj)
        if not obj.is_new_text:
            messages.info(request, _("Nothing was changed."))
        elif not obj.as_saved.is_published():
            messages.success(request, _("Saved as a draft change. A publisher decides on it."))
        else:
            messages.success(request, _("Saved as a draft change. Readers still see the published version."))
        back = reverse(f"admin:{self.url_name}_change", args=[obj.pk])
        return HttpResponseRedirect(back if "_continue" in request.POST else self.proposal_url(obj))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Write Django's log entry, unless the text is unchanged."""
        return super().log_change(request, obj, message) if getattr(obj, "is_new_text", True) else None
