"""Forms of actions on who works on a case, and where it belongs."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..cases import colleagues
from ..cases.case_effects import clock
from ..models.case import Case
from ..models.category import Category
from ..models.state import Degree
from ..models.team import Team
from ..questions import QUESTIONS
from ..staffing.hours import in_words
from .action_form import ActionForm, ReasonForm, RequiredReasonForm
from .case_view import CaseView


class OfferForm(ReasonForm):
    """The colleague to whom a case is offered; only people who may handle this case are listed."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"),
        help_text=gettext_lazy("You keep the case until they accept. Its deadlines stay the same."),
        queryset=User.objects.none(),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    field_order = ["to", "reason"]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues.who_is_offered(case)  # type: ignore[attr-defined]
        self.fields["reason"].label = _("What they should know (kept as a team note)")


class EscalateForm(RequiredReasonForm):
    """The reason why a lead must decide."""

    hint = gettext_lazy("What the lead should decide. The reporter reads that a specialist handles the case.")


class RecuseForm(ReasonForm):
    """An optional reason for leaving a case because of a conflict of interest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "If you know somebody in this case, or it is about you. You need no reason. You will not see the case any "
            "more, and you cannot undo this. Colleagues who read the case can read a reason."
        )


class RouteForm(ReasonForm):
    """The team to which a case goes."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        help_text=gettext_lazy(
            "Its members are offered the case first. Everyone who sees the case still sees it, and its deadlines stay "
            "the same."
        ),
        queryset=Team.objects.filter(active=True),
        required=False,
        empty_label=gettext_lazy("no team"),
    )
    field_order = ["team", "reason"]


class ExcludeForm(RequiredReasonForm):
    """The person who must not see a case, and the reason."""

    person = forms.ModelChoiceField(
        label=gettext_lazy("Colleague"),
        queryset=User.objects.none(),
        error_messages={"required": gettext_lazy("Choose a colleague.")},
    )
    field_order = ["person", "reason"]
    hint = gettext_lazy(
        "The person knows somebody in this case, or it is about them. They see nothing of it from now on, nobody tells "
        "them, and you cannot undo this. Colleagues who read the case can read the reason."
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues.without_conflict(case)  # type: ignore[attr-defined]


class QuarantineForm(RequiredReasonForm):
    """The reason why a case is probably no report."""

    hint = gettext_lazy(
        "Only if a program or a joke probably sent it. Nothing is deleted; a person checks it within a day."
    )


class LookAgainForm(ActionForm):
    """The time at which the handler looks again."""

    at = forms.DateTimeField(
        label=gettext_lazy("Look again at"),
        widget=forms.DateTimeInput({"type": "datetime-local", "step": 300}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid": gettext_lazy("Enter a date and a time."),
        },
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _("The case stays assigned to you until then. The latest time is %(time)s.") % {
            "time": in_words(clock.next_clock(case) or case.due_at)
        }


class CategoryForm(RequiredReasonForm):
    """The category to which a case belongs, and the reason for it."""

    category = forms.ModelChoiceField(
        label=gettext_lazy("Category"),
        queryset=Category.objects.all(),
        error_messages={"required": gettext_lazy("Choose a category.")},
    )
    field_order = ["category", "reason"]
    hint = gettext_lazy(
        "The stricter rules of both categories hold from then on: priority, files, and who may see the case. A case "
        "of a child sexual matter goes to child safety."
    )


class FactForm(ActionForm):
    """How sure one fact is. Offered are those that the case has, and never whether staff are meant (H25)."""

    fact = forms.ChoiceField(label=gettext_lazy("Fact"), error_messages={"required": gettext_lazy("Choose a fact.")})
    degree = forms.ChoiceField(
        label=gettext_lazy("How sure it is"),
        help_text=gettext_lazy(
            "An agency reads it too. Seen: you have seen it yourself. Confirmed: somebody proved it."
        ),
        choices=Degree,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how sure it is.")},
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        opened = CaseView(case)
        told = {row["key"]: row["title"] for row in [*opened.facts(), *opened.story()] if row["key"] in QUESTIONS}
        self.fields["fact"].choices = told.items()  # type: ignore[attr-defined]


class LinkForm(ActionForm):
    """The number of another case about the same matter."""

    reference = forms.CharField(
        label=gettext_lazy("Number of the other case"),
        help_text=gettext_lazy("That case, or the one that leads it, leads this case. Both stay separate."),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": gettext_lazy("Enter the number of the case.")},
    )


class ConfirmLinkForm(RequiredReasonForm):
    """Why the linked reports are about the same matter (safety rule H23)."""

    hint = gettext_lazy(
        "What shows that these reports are about the same matter and were not all sent by one person. The case gets "
        "points within its priority."
    )


class UnlinkForm(RequiredReasonForm):
    """Why the reports are not about the same matter."""

    hint = gettext_lazy("Why they do not belong together. Points for linked reports end with the link.")


class BreakLeaseForm(RequiredReasonForm):
    """The reason why a case is taken from the person who holds it."""

    hint = gettext_lazy(
        "This case is assigned to someone else. They and the auditor will see that you reassigned it to yourself."
    )
