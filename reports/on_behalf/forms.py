"""The form in which staff enter a report: what everybody is asked, then the questions that decide, and the words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..intake.forms import answer_field
from ..intake.risk_in_words import facts_in_words
from ..models.category import Category
from ..questions import SAFETY, Answers, Question, before_sending, sequence, uploads
from ..questions.closing import ACCOUNT_OR_LINK, EVIDENCE_SEXUAL_CHECK, STAFF_CONFLICT, WORDS
from ..questions.core import ABOUT, AGE, CATEGORY, PLATFORM
from ..roles import has_outside_lead

# What was not said counts as unknown, so that it can only make the case more urgent (priority.py).
ASKED = (SAFETY, ABOUT, CATEGORY, AGE, PLATFORM, ACCOUNT_OR_LINK, WORDS)
ALSO = "asked_also"  # the field with the keys of the deciding questions that the page has shown
PHONE = "phone"


class ReportForm(forms.Form):
    """One report. The questions are those of the public form; each answer is cleaned as there.

    Which questions decide is known once the first answers are sent (``needs_more``): the page is then shown again with
    these questions first, and with a field for the files of a letter. Nothing is stored before the report is filed.
    """

    came_by = forms.ChoiceField(
        label=_("How did the report come?"),
        choices=[(PHONE, _("By phone")), ("letter", _("By letter or email")), ("person", _("In person"))],
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
        self.first = (*ASKED, STAFF_CONFLICT) if self.has_lead else ASKED
        self.asked = (*self.first, *self.deciding)
        for question in self.asked:
            self.fields[question.key] = _field(question)
        first = [question.key for question in self.first]
        self.order_fields([*(question.key for question in self.deciding), "came_by", "language", *first, "gets_code"])

    @property
    def answers(self) -> Answers:
        """Return the answers that were given, by key of the question."""
        given = {question.key: self.cleaned_data[question.key] for question in self.asked}
        return {key: value for key, value in given.items() if value}

    @cached_property
    def deciding(self) -> list[Question]:
        """The further questions that the public form asks before it sends, after the answers so far.

        With a letter also whether a file of it shows something sexual, where that decides about files (H14).
        """
        if not self.is_bound:
            return []
        known = {question.key for question in (*ASKED, STAFF_CONFLICT)}
        found = [question for question in before_sending(self._typed) if question.key not in known]
        if self.may_have_files:
            found += [question for question in sequence(self._typed) if question.key == EVIDENCE_SEXUAL_CHECK.key]
        return found

    @property
    def may_have_files(self) -> bool:
        """Return whether there is a letter, or something that was brought, and its files may be kept (H14)."""
        is_written = self.is_bound and self.data.get("came_by") not in (None, "", PHONE)
        return is_written and uploads(self._typed) != "none"

    @property
    def needs_more(self) -> bool:
        """Return whether the page must be shown again: a question that decides, or the files, were not on it."""
        return not set(self.shown.split()) <= set(self.data.get(ALSO, "").split())

    @property
    def shown(self) -> str:
        """Return what is on the page besides the first questions, for the field ``ALSO``."""
        return " ".join([*(question.key for question in self.deciding), *(["files"] if self.may_have_files else [])])

    @cached_property
    def _typed(self) -> Answers:
        """The answers as they were sent. One that is not valid means nothing, and the form refuses it."""
        found: dict[str, Any] = {}
        for question in (SAFETY, *sequence({})):
            found |= self._sent(question)
        for _round in range(len(found) + 1):  # an answer can ask for a further question
            before = dict(found)
            for question in sequence(found):
                found |= self._sent(question)
            if found == before:
                break
        return {**found, **facts_in_words(WORDS, found.get(WORDS.key, ""), found)}

    def _sent(self, question: Question) -> dict[str, Any]:
        many = question.kind == "many"
        value = self.data.getlist(question.key) if many else self.data.get(question.key)  # type: ignore[attr-defined]
        return {question.key: value} if value else {}


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
