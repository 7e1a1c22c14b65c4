"""Each person's page about how pages reach them: add a channel, test it, stop it, remove it (safety rule H1)."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from safetycenter.accounts import proof
from safetycenter.limits import CHANNEL_TEST
from safetycenter.roles import Account, has_role_permission, role_required

from ..audit import staff_log
from ..crypto.vault import signing
from ..crypto.vault.box import KeyMissingError
from ..models.watch import OnCallChannel
from ..staffing.channels import destination, sms, state, testing
from .channel_forms import FORMS, ChannelForm, DigitsForm

Kind = OnCallChannel.Kind
MAX_CHANNELS = 6  # of one person
OTHER_DESK = gettext_lazy("Another server sends the messages. Add and test channels other than email there.")


@require_http_methods(["GET", "POST"])
@role_required(state.HANDLE)
def own_channels(request: HttpRequest) -> HttpResponse:
    """Show the channels of this person and, with ``?add=KIND``, the form for a new one; or add it."""
    kind = (request.POST if request.method == "POST" else request.GET).get("add", "")
    if kind not in _offered():
        return _page(request)
    if request.method == "POST":
        proof.require(request)
    form = FORMS[kind](request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if request.method != "POST" or not form.is_valid():
        return _page(request, adding=kind, form=form, status=422 if form.errors else 200)
    if OnCallChannel.objects.filter(person_id=request.user.pk or 0).count() >= MAX_CHANNELS:
        form.add_error(None, _("You have %(n)d channels already. Remove one first.") % {"n": MAX_CHANNELS})
        return _page(request, adding=kind, form=form, status=422)
    return _add(request, kind, form)


def _add(request: HttpRequest, kind: str, form: ChannelForm) -> HttpResponse:
    """Store a channel that is not in use before its test. A new secret is in this response and nowhere else."""
    where, who = form.where(), request.user
    channel = OnCallChannel(person_id=who.pk, kind=kind, active=False, name=who.get_username()[:80])
    channel.language, channel.hint = form.cleaned_data["language"], form.hint()
    channel.email = form.cleaned_data.get("email", "")
    channel.for_withheld = has_role_permission(who, state.WITHHELD)
    try:
        if where:
            destination.seal(channel, where)
    except KeyMissingError:
        messages.error(request, _("This server has no key to store it safely. Nothing was saved. Tell the operator."))
        return _page(request, adding=kind, form=form, status=503)
    channel.save(force_insert=True)
    _record(who, "channel_added", channel)
    if secret := where.get("secret"):
        return _page(request, secret=secret)
    messages.success(request, _("Saved. It is used once you have tested it: send a test now."))
    return redirect("admin:reports_own_channels")


@require_POST
@role_required(state.HANDLE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Test, confirm, stop, use or remove one channel; the last three after a proof. Raises Http404 for another's."""
    channel = get_object_or_404(OnCallChannel, pk=pk, person=request.user)
    if {"stop", "use", "remove"} & request.POST.keys():
        proof.require(request)
    if not _is_tested_here(channel) and {"test", "confirm"} & request.POST.keys():
        messages.error(request, OTHER_DESK)
        return redirect("admin:reports_own_channels")
    if "confirm" in request.POST:
        return _confirm(request, channel)
    for name, act in {"test": _test, "stop": _stop, "use": _use, "remove": _remove}.items():
        if name in request.POST:
            act(request, channel)
    return redirect("admin:reports_own_channels")


def send_test(request: HttpRequest, channel: OnCallChannel) -> None:
    """Send digits through ``channel``, and say how it went."""
    if not CHANNEL_TEST.hit(f"user:{request.user.pk}"):
        messages.error(request, _("You have sent many tests in the last hour. Wait a little."))
    elif failure := testing.send(channel):
        sentence = _("The test could not be sent. %(reason)s")
        messages.error(request, sentence % {"reason": OnCallChannel.Failure(failure).label})
    else:
        messages.success(request, _("The test is on its way. Type in its digits when they arrive."))


def _test(request: HttpRequest, channel: OnCallChannel) -> None:
    send_test(request, channel)


def _confirm(request: HttpRequest, channel: OnCallChannel) -> HttpResponse:
    form = _digits(channel, request.POST)
    if form.is_valid() and not testing.confirm(channel, form.cleaned_data["digits"]):
        form.add_error("digits", _("These are not the digits of the last test, or they are too old. Send a new test."))
    if form.errors:
        return _page(request, digits={channel.pk: form}, status=422)
    _record(request.user, "channel_tested", channel)
    messages.success(request, _("Confirmed. This channel counts for 30 days."))
    return redirect("admin:reports_own_channels")


def _stop(request: HttpRequest, channel: OnCallChannel) -> None:
    OnCallChannel.objects.filter(pk=channel.pk).update(active=False)
    _record(request.user, "channel_stopped", channel)
    messages.success(request, _("Stopped. Nothing is sent there any more."))


def _use(request: HttpRequest, channel: OnCallChannel) -> None:
    if not channel.tested_at:
        messages.error(request, _("Test it first."))
        return
    OnCallChannel.objects.filter(pk=channel.pk).update(active=True)
    _record(request.user, "channel_used", channel)
    messages.success(request, _("In use again."))


def _remove(request: HttpRequest, channel: OnCallChannel) -> None:
    _record(request.user, "channel_removed", channel)
    channel.delete()
    messages.success(request, _("Removed."))


def _page(request: HttpRequest, *, status: int = 200, digits: Mapping | None = None, **shown: Any) -> HttpResponse:
    channels = OnCallChannel.objects.filter(person=request.user).order_by("pk")  # type: ignore[misc]
    context = {
        **admin.site.each_context(request),
        "title": _("How you are reached"),
        "channels": [
            {
                "channel": channel,
                "is_tested": state.is_tested(channel),
                "is_failing": state.is_failing(channel),
                "is_tested_here": _is_tested_here(channel),
                "digits": (digits or {}).get(channel.pk) or _digits(channel),
            }
            for channel in channels
        ],
        "other_desk": "" if state.pages_here() else OTHER_DESK,
        "offered": [(kind.value, kind.label) for kind in Kind if kind in _offered()],
        "adding_label": Kind(shown["adding"]).label if "adding" in shown else "",
        **shown,
    }
    return render(request, "reports/triage/own_channels.html", context, status=status)


def _digits(channel: OnCallChannel, data: Any = None) -> DigitsForm:
    return DigitsForm(data, auto_id=f"channel-{channel.pk}-%s")


def _offered() -> list[str]:
    """Return the kinds that can be added: SMS only where a gateway is set, and where another desk pages only mail."""
    if not state.pages_here():
        return [Kind.MAIL]
    return [kind for kind in FORMS if kind != Kind.SMS or sms.is_set()]


def _is_tested_here(channel: OnCallChannel) -> bool:
    """Return whether this desk can send to ``channel``: the desk that pages, and any desk by mail."""
    return channel.kind == Kind.MAIL or state.pages_here()


def _record(by: Account, action: str, channel: OnCallChannel) -> None:
    """Write into the staff log what was changed about a channel; never where it leads."""
    if signing.can_check():
        staff_log.record(by, action, kind=str(channel.kind), channel=channel.pk)
