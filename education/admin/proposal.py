"""Admin page of a proposal: the differences, the findings of the publish checks, the preview and the actions."""

from csp.constants import SELF
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from education.models import Publishable, Revision, State, Status
from education.models.bilingual import LANGUAGES
from education.publishing import checks, unpublish, workflow
from education.translation import language_name
from safetycenter.hints import AdminMixin
from safetycenter.roles import Account
from safetycenter.transitions import NotAllowed, available

from . import differences, outdated, preview
from .anchors import anchor, versions_url


class ProposalMixin(AdminMixin):
    """Mixin for admin classes of publishable items: the proposal page, and one URL for the workflow actions."""

    def get_urls(self) -> list[URLPattern]:
        """Return Django's URLs, the proposal page, and one URL for the workflow buttons."""
        name, wrap = self.url_name, self.admin_site.admin_view
        return [
            path("<int:object_id>/proposal/", wrap(require_safe(self.proposal)), name=f"{name}_proposal"),
            path("<path:object_id>/act/<slug:name>/", wrap(require_POST(self.act)), name=f"{name}_act"),
            *super().get_urls(),
        ]

    @property
    def url_name(self) -> str:
        """Return the prefix of the URL names of this admin."""
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def proposal_url(self, item: Publishable) -> str:
        """Return the address of the page that compares the text of ``item`` with the published one."""
        return reverse(f"admin:{self.url_name}_proposal", args=[item.pk])

    def proposal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what would change for readers, the findings of the checks, a preview, and the possible actions."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        response = TemplateResponse(request, "education/admin/proposal.html", self._context(request, item))
        response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
        return response

    def _context(self, request: HttpRequest, item: Publishable) -> dict:
        before = workflow.published_text(item)
        languages = _requested_languages(item, request.GET.get("only", ""))
        found = checks.findings(workflow.candidate_for(item, languages))
        return (
            {
                **self.admin_site.each_context(request),
                "title": str(item),
                "opts": self.opts,
                "item": item,
                "revision": Revision.objects.open_proposal(item) or Revision.objects.for_item(item).edits().first(),
                "is_first": before is None,
                "differences": differences.differences_between(item, before, workflow.pending_or_live(item, languages)),
                "findings": [(finding, anchor(finding.field)) for finding in found],
                "answer": self.change_request_for(item),
                "previews": [(code, language_name(code), preview.preview_url(item, code)) for code in languages],
                "may_change": self.has_change_permission(request, item),
                "change_address": reverse(f"admin:{self.url_name}_change", args=[item.pk]),
                "versions_address": versions_url(item),
            }
            | self._action_context(request, item, found, languages)
            | _languages(item, languages)
            | schedule_context(item)
            | outdated.outdated_panel(request, item)
        )

    def _action_context(
        self, request: HttpRequest, item: Publishable, found: list[checks.Finding], languages: list[str]
    ) -> dict:
        actions = available(workflow.ACTIONS, item, request.user)
        publisher = request.user.has_perm(workflow.PUBLISH_PERMISSION)
        ways = () if "restore" in actions else ("publish", "schedule")  # an unchanged text needs no checks
        name = next((name for name in ways if name in actions), "")
        own_words = workflow.must_not_be_author(item, request.user, languages) if name else None
        return {
            "actions": actions,
            "act_addresses": {name: self._action_url(item, name) for name in actions},
            "has_errors": any(finding.level == checks.ERROR for finding in found),
            "has_warnings": any(finding.level == checks.WARNING for finding in found),
            "starts_at": workflow.starts_at(item),
            "may_publish": bool(name),
            "submit_name": "" if own_words else name,
            "losses": [finding for finding in found if finding.level == checks.CONFIRM],
            "why_not": own_words or (self._refusal(item, request.user) if publisher and ways and not name else None),
            "has_text": item.state != State.PUBLISHED or Revision.objects.open_proposal(item) is not None,
        }

    def _refusal(self, item: Publishable, user: Account) -> str | None:
        name = "schedule" if workflow.starts_at(item) else "publish"
        return workflow.ACTIONS[name].refusal(item, user)

    def _action_url(self, item: Publishable, name: str) -> str:
        return reverse(f"admin:{self.url_name}_act", args=[item.pk, name])

    def change_request_for(self, item: Publishable) -> Revision | None:
        """Return the last request for changes if no new text was saved since; or ``None``."""
        revisions = Revision.objects.for_item(item).select_related("author")
        asked = revisions.filter(action="return").first()
        written = revisions.edits().first()
        return asked if asked and (written is None or asked.number > written.number) else None

    def act(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Perform one workflow action. A refusal redirects to the proposal page, which shows the reasons."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if name not in workflow.ACTIONS:
            raise Http404
        label = workflow.ACTIONS[name].label
        only = request.POST.get("only", "")
        languages = [only] if only in LANGUAGES else LANGUAGES
        note, agreed = request.POST.get("note", "")[: workflow.MAX_NOTE_LENGTH], set(request.POST.getlist("agreed"))
        try:
            item = workflow.perform(item, name, request.user, note, agreed, languages)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            asked = f"?only={only}" if only in LANGUAGES else ""
            return HttpResponseRedirect(f"{self.proposal_url(item)}{asked}")
        self.log_change(request, item, [str(label)])
        messages.success(request, _("Done: %(action)s.") % {"action": label})
        return HttpResponseRedirect(reverse(f"admin:{self.url_name}_change", args=[item.pk]))


def _requested_languages(item: Publishable, only: str) -> list[str]:
    """Return the languages for the page: the one requested if it can be published alone, else both."""
    return [only] if [only] in workflow.language_choices(item) else LANGUAGES


def _languages(item: Publishable, chosen: list[str]) -> dict:
    """Return the context of the choice of languages, without choices if there is only one."""
    only = chosen[0] if len(chosen) == 1 else ""
    ways = [("" if len(one) > 1 else one[0], one) for one in workflow.language_choices(item)]
    named = [(code, language_name(code) if code else _("Both languages"), code == only) for code, _one in ways]
    return {"only": only, "ways": named if len(named) > 1 else []}


def schedule_context(item: Publishable) -> dict:
    """Return the context that says when a text goes live, and whether an unpublishing waits for a second person."""
    proposal = Revision.objects.open_proposal(item)
    scheduled = proposal if proposal and proposal.status == Status.SCHEDULED else None
    return {
        "waits_until": scheduled.goes_live_at if scheduled else None,
        "waits_in": language_name(scheduled.language) if scheduled and scheduled.language else "",
        "taken_down": unpublish.pending(item),
    }
