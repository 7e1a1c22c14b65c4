"""Admin pages of what is published: the workflow as buttons and as actions, and proposals for live pages."""

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from education import addresses, workflow
from education.models import Publishable, Revision
from safetycenter.transitions import NotAllowed, available

from .written import WrittenAdmin

TIMES = ("publish_at", "archive_at")
WHEN = (gettext_lazy("When"), {"fields": [TIMES], "classes": ["collapse"]})


def _in_bulk(name: str):
    label = workflow.ACTIONS[name].label

    @admin.action(description=label)
    def act_on_all(modeladmin, request, queryset):
        done = 0
        for item in queryset:
            try:
                workflow.perform(item, name, request.user)
                done += 1
            except NotAllowed as refusal:
                messages.error(request, f"{item}: {refusal}")
        if done:
            text = ngettext("%(count)d item: %(action)s.", "%(count)d items: %(action)s.", done)
            messages.success(request, text % {"count": done, "action": label})

    act_on_all.__name__ = name
    return act_on_all


class PublishableAdmin(WrittenAdmin):
    """An item with a state. Who may not publish proposes changes to a live page instead of making them."""

    # What a proposal does not carry; read-only for people who can only propose.
    not_proposed: tuple[str, ...] = ()
    actions = tuple(_in_bulk(name) for name in ("submit", "publish", "archive"))
    list_display = ("__str__", "state", "written_in", "changed_on")
    list_filter = ("state",)
    readonly_fields = ("state",)

    @admin.display(description=gettext_lazy("languages"))
    def written_in(self, item: Publishable) -> str:
        """The languages in which the item is written."""
        return ", ".join(item.languages()) or "–"

    def get_urls(self):
        """Django's, and one for the buttons of the workflow."""
        view = self.admin_site.admin_view(require_POST(self.act))
        own = path("<path:object_id>/act/<slug:name>/", view, name=f"{self._url_name()}_act")
        return [own, *super().get_urls()]

    def _url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def act(self, request: HttpRequest, object_id: str, name: str):
        """Do one action of the workflow and return to the item."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if name not in workflow.ACTIONS:
            raise Http404
        try:
            item = workflow.perform(item, name, request.user)
            self.log_change(request, item, [str(workflow.ACTIONS[name].label)])
            messages.success(request, _("Done: %(action)s.") % {"action": workflow.ACTIONS[name].label})
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse(f"admin:{self._url_name()}_change", args=[object_id]))

    def get_actions(self, request):
        """Publishing in bulk only for those who may publish."""
        actions = super().get_actions(request)
        if not request.user.has_perm(workflow.PUBLISH):
            actions.pop("publish", None)
            actions.pop("archive", None)
        return actions

    def get_fieldsets(self, request, obj=None):
        """The times stand last but for what was changed."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets[:-1], WHEN, fieldsets[-1]]

    def get_readonly_fields(self, request, obj=None):
        """Times belong to publishers; what a proposal cannot carry is closed to those who propose."""
        fields = [*super().get_readonly_fields(request, obj)]
        if not request.user.has_perm(workflow.PUBLISH):
            fields += TIMES
        if obj and not workflow.may_change_live(obj, request.user):
            fields += self.not_proposed
        return fields

    def has_delete_permission(self, request, obj=None):
        """What readers see is deleted by a publisher only."""
        return super().has_delete_permission(request, obj) and (
            obj is None or workflow.may_change_live(obj, request.user)
        )

    def get_object(self, request, object_id, from_field=None):
        """The item as it will read once the waiting proposal, if any, is accepted."""
        item = super().get_object(request, object_id, from_field)
        if item is not None:
            item.proposal = Revision.objects.waiting_for(item)
            if item.proposal:
                item.proposal.copy_to(item)
        return item

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The page, with the actions that this person can take now."""
        if obj:
            context["workflow"] = available(workflow.ACTIONS, obj, request.user)
            context["act_address"] = f"admin:{self._url_name()}_act"
            context["proposes"] = not workflow.may_change_live(obj, request.user)
            context["reader_address"] = self._reader_address(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _reader_address(self, item: Publishable) -> str:
        if not item.is_published() or not addresses.has_page(item):
            return ""
        return addresses.path_to(item, get_language())

    def save_model(self, request, obj, form, change):
        """Save the row, unless readers see it and this person may only propose."""
        if change and not workflow.may_change_live(obj, request.user):
            return
        if not form.cleaned_data["minor"]:
            obj.changed_on = timezone.localdate()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Keep a proposal for a publisher; or save everything, which settles the proposals before."""
        if change and not workflow.may_change_live(form.instance, request.user):
            for formset in formsets:
                formset.save(commit=False)  # Django's log asks each formset what changed; it changes nothing
            self.write_revision(request, form, waiting=True)
            messages.info(request, _("Kept as a proposal. Readers see it when a publisher accepts it."))
            return
        super().save_related(request, form, formsets, change)
        Revision.objects.of(form.instance).filter(waiting=True).update(waiting=False)


class ClosedWhileProposing:
    """For inlines of publishable items: rows of a live page are changed by publishers only."""

    def _open(self, request, obj) -> bool:
        return obj is None or workflow.may_change_live(obj, request.user)

    def has_add_permission(self, request, obj=None):
        """As the role says, and as the state of the item allows."""
        return super().has_add_permission(request, obj) and self._open(request, obj)

    def has_change_permission(self, request, obj=None):
        """As the role says, and as the state of the item allows."""
        return super().has_change_permission(request, obj) and self._open(request, obj)

    def has_delete_permission(self, request, obj=None):
        """As the role says, and as the state of the item allows."""
        return super().has_delete_permission(request, obj) and self._open(request, obj)
