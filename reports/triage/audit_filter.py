"""The filters of the auditor's lists: person, time and kind; for the record of cases also number and action."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safetycenter.days import beginning_of

from ..audit import staff_log
from ..cases import audit, lifecycle
from ..models.event import Event
from ..models.staff_event import StaffEvent
from .locked_files import RECORDED

DAY = timedelta(days=1)
POLICE = ("ask_take_out", "agree_take_out", "refuse_take_out", "revoke_take_out", "locked_file_taken", *RECORDED)
EXPORTS = ("referral_exported", "copy_hotline_link", *POLICE)
# What auditors look for, as conditions on the record of cases.
CASE_KINDS = {
    "looked": (gettext_lazy("Cases opened"), Q(action__in=("viewed", "second_look"))),
    "files": (gettext_lazy("Files opened"), Q(action__in=("file_opened", "revealed", "file_refused"))),
    "exports": (gettext_lazy("Exports"), Q(action__in=EXPORTS)),
    "taken_away": (gettext_lazy("Leases broken"), Q(action="release", facts__taken_away=True)),
    "conflicts": (gettext_lazy("Conflicts of interest"), Q(action__in=("recuse", "exclude", "request_other"))),
    "holds": (gettext_lazy("Legal holds"), Q(action__in=("hold", "lift_hold"))),
    "erased": (gettext_lazy("Erasures"), Q(action__in=("erased", "files_erased", "approve_erasure"))),
}


def labels() -> dict:
    """Return the label of every recorded action of a case."""
    return lifecycle.labels() | audit.LABELS


class LogFilterForm(forms.Form):
    """The filters that both lists have. An empty form selects everything, one with an error nothing."""

    use_required_attribute = False
    by: forms.ModelChoiceField = forms.ModelChoiceField(None, label=gettext_lazy("Person"), required=False)
    day = forms.DateField(label=gettext_lazy("From day"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=gettext_lazy("To day"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].queryset = get_user_model().objects.filter(is_staff=True).order_by("username")  # type: ignore[attr-defined]
        self.fields["by"].empty_label = _("Everyone")  # type: ignore[attr-defined]

    @property
    def status(self) -> int:
        """The HTTP status of a page with this form."""
        return 200 if self.is_valid() else 422

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters that were filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    def _filter(self, rows: QuerySet) -> QuerySet:
        if not self.is_valid():
            return rows.none()
        wanted = self.wanted
        if "day" in wanted:
            rows = rows.filter(at__gte=beginning_of(wanted["day"]))
        if "until" in wanted:
            rows = rows.filter(at__lt=beginning_of(wanted["until"]) + DAY)
        return rows.filter(by=wanted["by"]) if "by" in wanted else rows


class EventFilterForm(LogFilterForm):
    """The filters of the record of cases."""

    field_order = ("case", "by", "kind", "action")
    case = forms.CharField(label=gettext_lazy("Reference"), max_length=9, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    action = forms.ChoiceField(label=gettext_lazy("Action"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(name, label) for name, (label, _condition) in CASE_KINDS.items()]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", _("Everything")), *labels().items()]  # type: ignore[attr-defined]
        self.fields["case"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def events(self) -> QuerySet[Event]:
        """Return the matching events, the newest first."""
        wanted = self.wanted
        events = self._filter(Event.objects.select_related("case", "by").order_by("-pk"))
        if reference := wanted.get("case"):
            events = events.filter(case__reference=reference.replace("-", "").strip().upper())
        if kind := wanted.get("kind"):
            events = events.filter(CASE_KINDS[kind][1])
        return events.filter(action=wanted["action"]) if "action" in wanted else events


class StaffEventFilterForm(LogFilterForm):
    """The filters of the staff log."""

    action = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("Everything")), *staff_log.LABELS.items()]  # type: ignore[attr-defined]

    def events(self) -> QuerySet[StaffEvent]:
        """Return the matching entries, the newest first."""
        wanted = self.wanted
        events = self._filter(StaffEvent.objects.select_related("by").order_by("-pk"))
        return events.filter(action=wanted["action"]) if "action" in wanted else events
