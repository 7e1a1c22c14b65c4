"""Pages on which a reporter asks for reminders by mail, types the code of the first mail, and ends them (H20).

They open behind the code, and for as long as the page after a report stays on the phone. None shows the address.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from safetycenter import limits, wording
from safetycenter.hints import View
from safetycenter.views import SeeOther
from safetycenter.zones import ZONES

from .cases import reminders
from .cases.case_effects import additions
from .cases.reminder_words import DISGUISES
from .crypto import work_queue
from .crypto.sealed_session import set_time_left
from .crypto.vault.box import KeyMissingError
from .followup import access
from .followup.forms import PRIVATE_ATTRS
from .intake.receipt_views import sent
from .intake.session import wording_after
from .models.case import Case
from .views_common import no_store, page, post_only

ONLY_ME = "me"
WAS_ENDED = "off"  # in the address after reminders were switched off
TOO_OFTEN = gettext_lazy("Too many codes were asked for today. Try it again tomorrow.")
CANNOT_SEND = gettext_lazy("Right now we cannot send mail. Look again at the time that you were told.")
WRONG = gettext_lazy("This is not the code from the mail. Compare it once more.")
ENDED = gettext_lazy("This code is no longer valid, and the address is erased. You can begin again.")
BUSY = gettext_lazy("Very many codes are being typed right now. Wait a minute, then press the button once more.")


class ReadersForm(forms.Form):
    """Who else reads the mailbox. Only one answer leads to the next question."""

    readers = forms.ChoiceField(
        label=gettext_lazy("Who can read this mailbox?"),
        help_text=gettext_lazy(
            "Think of everyone who uses this phone, and of other phones and computers where it is open. A school or an "
            "employer can read their mail. The first line can show on a locked screen."
        ),
        choices=[
            (ONLY_ME, gettext_lazy("Only I")),
            ("others", gettext_lazy("Someone else too, or someone could")),
            ("unsure", gettext_lazy("I'm not sure")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who can read it.")},
    )


class ChoicesForm(forms.Form):
    """Mailbox, hours and what the mail looks like."""

    readers = forms.CharField(widget=forms.HiddenInput)
    address = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        help_text=gettext_lazy("We seal it. Nobody sees it here again, not even you."),
        max_length=reminders.MAX_ADDRESS_LENGTH,
        widget=forms.EmailInput(PRIVATE_ATTRS | {"autocapitalize": "none"}),
        error_messages={
            "required": gettext_lazy("Type the address."),
            "invalid": gettext_lazy("This is not a mail address. It looks like nama@contoh.id."),
        },
    )
    from_hour = forms.TypedChoiceField(
        label=gettext_lazy("From when may mail come?"),
        choices=[(hour, f"{hour:02d}.00") for hour in range(24)],
        coerce=int,
        initial=8,
    )
    to_hour = forms.TypedChoiceField(
        label=gettext_lazy("Until when?"),
        choices=[(hour, f"{hour:02d}.00") for hour in range(1, 25)],
        coerce=int,
        initial=20,
    )
    zone = forms.ChoiceField(
        label=gettext_lazy("Which time do you use?"),
        choices=[(zone.name, zone.name) for zone in ZONES],
        initial=ZONES[0].name,
        widget=forms.RadioSelect,
    )
    disguise = forms.ChoiceField(
        label=gettext_lazy("What should the mail be called?"),
        help_text=gettext_lazy(
            "The mail has no link, no number and no name of this site. Choose what would not stand out."
        ),
        choices=[(key, disguise.subject) for key, disguise in DISGUISES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin, and a mailbox that somebody else reads."""
        cleaned = super().clean() or {}
        if cleaned.get("from_hour", 0) >= cleaned.get("to_hour", 24):
            self.add_error("to_hour", gettext_lazy("The end must be after the beginning, on the same day."))
        if cleaned.get("readers") != ONLY_ME:
            self.add_error(None, gettext_lazy("Say first who can read this mailbox."))
        return cleaned


class CodeForm(forms.Form):
    """The code from the first mail."""

    code = forms.CharField(
        label=gettext_lazy("The code from the mail"),
        max_length=20,
        widget=forms.TextInput(PRIVATE_ATTRS | {"inputmode": "numeric", "class": "code-input"}),
        error_messages={"required": gettext_lazy("Type the code from the mail.")},
    )


def with_case(view: Callable[..., HttpResponseBase]) -> View:
    """Pass the view the case of a visit, or of a report that was just sent, and the URL of the page before."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponseBase:
        if visit := access.current(request):
            visit.session.extend()
            set_time_left(request, visit.session)
            with wording.use_for(request, access.wording_in(visit)):
                return view(request, visit.case, reverse("reports:visit"))
        session, case = sent(request)
        if session is None or case is None or not additions.has_same_code(case, session.data.get("code", "")):
            return SeeOther(reverse("reports:check"))
        with wording.use_for(request, wording_after(session)):
            return view(request, case, reverse("reports:done"))

    return wrapper


@no_store
@require_http_methods(["GET", "HEAD", "POST"])
@with_case
def reminder(request: HttpRequest, case: Case, back: str) -> HttpResponse:
    """Ask who reads the mailbox, then for address, hours and subject; store them until the code is typed."""
    status = reminders.status(case)
    if request.method != "POST":
        return _page(request, back, status, form=ReadersForm(), was_ended=WAS_ENDED in request.GET)
    if not status.may_begin:
        return SeeOther(back)
    if "address" in request.POST:
        return _ask(request, case, back, status)
    first = ReadersForm(request.POST)
    if not first.is_valid():
        return _page(request, back, status, form=first)
    if first.cleaned_data["readers"] != ONLY_ME:
        return page(request, "followup/reminder_refused.html", "reminder", back=back)
    return _page(request, back, status, form=ChoicesForm(initial={"readers": ONLY_ME}))


@no_store
@post_only("reminder")
@with_case
def reminder_code(request: HttpRequest, case: Case, back: str) -> HttpResponse:
    """Switch reminders on with the code from the first mail."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            reminders.confirm(case, form.cleaned_data["code"])
        except reminders.WrongCodeError:
            form.add_error("code", WRONG)
        except work_queue.BusyError:
            form.add_error("code", BUSY)
        except reminders.NoCodeError:
            return _page(request, back, reminders.status(case), form=ReadersForm(), refusal=ENDED)
        else:
            return SeeOther(reverse("reports:reminder"))
    return _page(request, back, reminders.status(case), code_form=form)


@no_store
@post_only("reminder")
@with_case
def reminder_off(request: HttpRequest, case: Case, back: str) -> HttpResponse:
    """End reminders and erase the address."""
    reminders.erase(case, reminders.OFF)
    return SeeOther(f"{reverse('reports:reminder')}?{WAS_ENDED}=1")


def _ask(request: HttpRequest, case: Case, back: str, status: reminders.Status) -> HttpResponse:
    form = ChoicesForm(request.POST)
    if not form.is_valid():
        return _page(request, back, status, form=form)
    counts = (limits.REMINDER_ASK, str(case.pk)), (limits.REMINDER_ASK_ADDRESS, limits.address_of(request))
    within = [limit.hit(key) for limit, key in counts]
    if not all(within):
        form.add_error(None, TOO_OFTEN)
        return _page(request, back, status, form=form)
    chosen = {name: form.cleaned_data[name] for name in ("address", "disguise", "from_hour", "to_hour", "zone")}
    try:
        reminders.ask(case, reminders.Choices(**chosen, language=translation.get_language()))
    except KeyMissingError:
        form.add_error(None, CANNOT_SEND)
        return _page(request, back, status, form=form)
    return SeeOther(reverse("reports:reminder"))


def _page(request: HttpRequest, back: str, status: reminders.Status, **context: Any) -> HttpResponse:
    context.setdefault("code_form", CodeForm())
    context["is_error"] = any(form.errors for form in (context.get("form"), context["code_form"]) if form)
    hours = reminders.CODE_LASTS // timedelta(hours=1)
    return page(request, "followup/reminder.html", "reminder", back=back, reminder=status, code_hours=hours, **context)
