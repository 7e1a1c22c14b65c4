"""The form in which staff enter a report: the questions that decide how urgent it is, and the words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ..intake.forms import answer_field
from ..models.category import Category
from ..questions import SAFETY, Answers, Question
from ..questions.closing import ACCOUNT_OR_LINK, STAFF_CONFLICT, WORDS
from ..questions.core import ABOUT, AGE, CATEGORY, PLATFORM
from ..roles import has_outside_lead

# What was not said counts as unknown, so that it can only make the case more urgent (priority.py).
ASKED = (SAFETY, ABOUT, CATEGORY, AGE, PLATFORM, ACCOUNT_OR_LINK, WORDS)


class ReportForm(forms.Form):
    """One report. The questions are those of the public form; each answer is cleaned as there."""

    came_by = forms.ChoiceField(
        label=_("How did the report come?"),
        choices=[("phone", _("By phone")), ("letter", _("By letter or email")), ("person", _("In person"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it came.")},
    )
    language = forms.ChoiceField(label=_("Language of the person who reports"), choices=settings.LANGUAGES)
    gets_code = forms.ChoiceField(
        label=_("Can this person keep a code?"),
        help_text=_("With the code they read our answer. Without it we cannot answer them."),
        choices=[("yes", _("Yes: I read it aloud, or write it on paper")), ("no", _("No, only the number"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they can keep a code.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As in the public form: without an outside lead nobody else could read the report (safety rule H25).
        self.has_lead = has_outside_lead()
        self.asked = (*ASKED, STAFF_CONFLICT) if self.has_lead else ASKED
        for question in self.asked:
            self.fields[question.key] = _field(question)
        self.order_fields(["came_by", "language", *(question.key for question in self.asked), "gets_code"])

    @property
    def answers(self) -> Answers:
        """Return the answers that were given, by key of the question."""
        given = {question.key: self.cleaned_data[question.key] for question in self.asked}
        return {key: value for key, value in given.items() if value}


def _field(question: Question) -> forms.Field:
    choices = [(choice.key, choice.label) for choice in question.choices]
    if question.kind == "category":
        choices = [(category.pk, str(category)) for category in Category.objects.all()]
    field = answer_field(question, choices)
    field.label = question.desk_title or question.title
    if question.key == STAFF_CONFLICT.key:
        field.label = _("Does the person who is reported work for the people who run this site?")
        field.help_text = _("If yes, only the independent case lead reads the report. You do not see it again.")
    return field
