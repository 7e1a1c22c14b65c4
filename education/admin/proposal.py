"""The publish page: what an open text changes, what the checks find, previews, and the decision about it."""

from datetime import datetime

from csp.constants import SELF
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST, require_safe

from education.models import Publishable, Revision, Status
from education.models.bilingual import LANGUAGES
from education.publishing import guards, unpublish, workflow
from education.publishing.decision import Decision, MovedError
from education.translation import language_name
from safetycenter.hints import AdminMixin
from safetycenter.roles import Account
from safetycenter.transitions import NotAllowed, available

from . import differences, done, outdated, own_texts
from .anchors import versions_url
from .publish_form import PublishForm
from .publish_page import PublishPage, has_open_text, text_at

DECISIONS = ("publish", "schedule")
STAYING = ("not_ready", "ready", "approve")  # steps after which the page of the open text stays open


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
        """Show what would change for readers, the findings of the checks, previews, and what can be decided."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        page = PublishPage(item, request.user, request.GET.get("only", ""))
        return self._proposal_response(request, page, page.unbound_form())

    def _proposal_response(self, request: HttpRequest, page: PublishPage, form: PublishForm) -> HttpResponse:
        context = self._context(request, page) | page.context(form)
        response = TemplateResponse(request, "education/admin/proposal.html", context)
        response._csp_update = {"frame-src": [SELF]}  # type: ignore[attr-defined]
        return response

    def _context(self, request: HttpRequest, page: PublishPage) -> dict:
        item = page.item
        return {
            **self.admin_site.each_context(request),
            **schedule_context(item, page.user),
            **outdated.outdated_panel(request, item),
            "title": str(item),
            "opts": self.opts,
            "item": item,
            "revision": Revision.objects.open_proposal(item) or Revision.objects.for_item(item).edits().first(),
            "answer": self.change_request_for(item),
            "may_change": self.has_change_permission(request, item),
            "change_address": reverse(f"admin:{self.url_name}_change", args=[item.pk]),
            "versions_address": versions_url(item),
            "has_text": has_open_text(item),
            "actions": page.actions,
            "is_own": guards.is_own_text(item, page.user),
            "act_addresses": {name: self._action_url(item, name) for name in page.actions},
            "why_not": self._why_not(page),
        }

    def _why_not(self, page: PublishPage) -> str | None:
        """Return why a publisher can publish nothing here."""
        publisher = page.user.has_perm(workflow.PUBLISH_PERMISSION)
        refusal = workflow.ACTIONS["publish"].refusal(page.item, page.user)
        return refusal if publisher and "restore" not in page.actions else None

    def _action_url(self, item: Publishable, name: str) -> str:
        return reverse(f"admin:{self.url_name}_act", args=[item.pk, name])

    def change_request_for(self, item: Publishable) -> Revision | None:
        """Return the last record of somebody who sent the text back or withdrew it or its time, unless saved since.

        What somebody does with their own text is no answer to anybody.
        """
        revisions = Revision.objects.for_item(item).select_related("author")
        written = revisions.edits().first()
        asked = revisions.filter(action__in=own_texts.SENT_BACK).first()
        if asked is None or (written and asked.number < written.number):
            return None
        return None if asked.action != "return" and written and asked.author == written.author else asked

    def act(self, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
        """Perform one workflow action. A refusal leads to the page of the open text, which shows the reasons."""
        item = get_object_or_404(self.get_queryset(request), pk=object_id)
        if name not in workflow.ACTIONS:
            raise Http404
        if name in DECISIONS:
            return self.decide(request, item, name)
        only = request.POST.get("only", "")
        languages = [only] if only in LANGUAGES else LANGUAGES
        note, agreed = request.POST.get("note", "")[: workflow.MAX_NOTE_LENGTH], set(request.POST.getlist("agreed"))
        seen = request.POST.get("version", "")
        chosen = Decision(seen=int(seen)) if seen.isdecimal() else None
        try:
            item = workflow.perform(item, name, request.user, note, agreed, languages, chosen)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.proposal_url(item))
        back = self.proposal_url(item) if name in STAYING else ""
        return self._done(request, item, name, back)

    def decide(self, request: HttpRequest, item: Publishable, name: str) -> HttpResponse:
        """Publish a text, or approve it for a time. A refusal shows the page again with everything that was typed."""
        form = PublishForm(item, request.POST)
        moved, refusal = False, ""
        if form.is_valid():
            if form.cleaned_data["at"]:
                name = "schedule" if item.is_published() else "publish"
            try:
                return self._done(request, self._perform_decision(request, item, name, form), name)
            except NotAllowed as error:
                moved, refusal = isinstance(error, MovedError), str(error)
        return self._refused(request, item, form, refusal, moved)

    def _perform_decision(self, request: HttpRequest, item: Publishable, name: str, form: PublishForm) -> Publishable:
        agreed = request.POST.getlist("agreed")
        note = form.cleaned_data["note"]
        return workflow.perform(item, name, request.user, note, agreed, form.languages, form.decision())

    def _refused(
        self, request: HttpRequest, item: Publishable, form: PublishForm, refusal: str, moved: bool
    ) -> HttpResponse:
        page = PublishPage(self.get_queryset(request).get(pk=item.pk), request.user, form.data.get("only", ""))
        if moved:
            seen = text_at(item, form.cleaned_data["version"])
            page.moved = differences.differences_between(item, seen, workflow.pending_or_live(page.item))
            form.add_error(None, refusal)
            # Sending it again is allowed, because the new words are shown.
            form.see_version(Revision.objects.latest_number(item))
        elif refusal:
            asked = next((one for one in page.ways if one.languages == form.languages), None)
            form.explain(refusal, asked, page.findings)
        return self._proposal_response(request, page, form)

    def _done(self, request: HttpRequest, item: Publishable, name: str, back: str = "") -> HttpResponse:
        label = workflow.ACTIONS[name].label
        self.log_change(request, item, [str(label)])
        moment = _decided_time(item) if name in DECISIONS else None
        messages.success(request, done.message(name, moment))
        return HttpResponseRedirect(back or reverse(f"admin:{self.url_name}_change", args=[item.pk]))


def _decided_time(item: Publishable) -> datetime | None:
    """Return the time from which readers see the text of ``item`` that was just decided on; ``None`` for now."""
    if item.waits_for_time():
        return item.publish_at
    scheduled = _scheduled(item)
    return scheduled.goes_live_at if scheduled else None


def _scheduled(item: Publishable) -> Revision | None:
    proposal = Revision.objects.open_proposal(item)
    return proposal if proposal and proposal.status == Status.SCHEDULED else None


def schedule_context(item: Publishable, by: Account) -> dict:
    """Return the context of the notices on a text that goes live later, and of an unpublishing that waits.

    ``time_steps`` are what ``by`` may do with an item that readers do not see before its time.
    """
    scheduled = _scheduled(item)
    steps = {name: workflow.ACTIONS[name] for name in ("publish_now", "cancel_time")}
    return {
        "is_seen": item.is_published(),
        "unseen_until": item.shown_state() if item.waits_for_time() else "",
        "time_steps": available(steps, item, by),
        "is_own_text": item.waits_for_time() and guards.is_own_text(item, by),
        "act_name": f"admin:education_{item._meta.model_name}_act",
        "item_key": item.pk,
        "waits_until": scheduled.goes_live_at if scheduled else None,
        "waits_in": language_name(scheduled.language) if scheduled and scheduled.language else "",
        "taken_down": unpublish.pending(item),
    }
