"""Forms made from the declarations in ``questions``: one question with its choices, limits and error message."""

import re
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from ..crypto import receipts
from ..fields import TypedField
from ..questions import SAFETY, Question

PRIVATE = {"autocomplete": "off", "spellcheck": "false", "translate": "no"}  # the browser must not store it (H9)


class SafetyForm(forms.Form):
    """The form of the first question: "Are you safe right now?"."""

    safety = forms.ChoiceField(
        choices=[(choice.key, choice.label) for choice in SAFETY.choices],
        widget=forms.RadioSelect,
        error_messages={"required": SAFETY.error, "invalid_choice": SAFETY.error},
    )


class QuestionForm(forms.Form):
    """The form of one question. The field is called ``answer``; ``data`` may also contain the key of the question."""

    def __init__(self, question: Question, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["answer"] = answer_field(question, choices or [(c.key, c.label) for c in question.choices])

    @property
    def value(self) -> Any:
        """Return the answer as it is stored: a string or a list of strings."""
        return self.cleaned_data["answer"]


def form_for(question: Question, data: Any = None, initial: Any = None, choices: Any = None) -> QuestionForm:
    """Return the form of ``question``; ``initial`` is the answer so far."""
    initial = {} if initial is None else {"answer": initial}
    return QuestionForm(question, data, initial=initial, choices=choices)


def typed_in(question: Question, data: Any) -> Any:
    """Return the contents of the form of ``question``: a string, or a list where several may be ticked."""
    return data.getlist("answer") if question.kind == "many" else data.get("answer", "")


def posted(typed: Any) -> MultiValueDict:
    """Return ``typed`` as a form would have sent it, so that it can be validated again."""
    return MultiValueDict({"answer": typed if isinstance(typed, list) else [typed]})


class ReferenceField(forms.CharField):
    """A report number as people type it: in any case, with spaces, dashes or look-alike characters. Not looked up.

    Of a whole receipt code only the number is kept: nobody may learn the secret.
    """

    def clean(self, value: Any) -> str:
        """Return ``K7QF-2M9X``, or an empty string. Raises ValidationError."""
        value = super().clean(value)
        if not value:
            return ""
        receipt, signs = receipts.parse(value), "".join(re.findall(r"[0-9A-Z]+", value.upper()))
        reference = receipt.reference if receipt else signs.translate(receipts.LOOKALIKES)
        if len(reference) != receipts.REFERENCE_LENGTH or set(reference) - set(receipts.ALPHABET):
            raise forms.ValidationError(self.error_messages["invalid"])
        return receipts.in_groups(reference)


def answer_field(question: Question, choices: Any) -> forms.Field:
    """Return the form field for the answer to ``question``; ``choices`` are pairs of key and label."""
    messages = {"required": question.error, "invalid_choice": question.error, "invalid_list": question.error}
    if question.kind in {"one", "category"}:
        return forms.ChoiceField(
            choices=choices,
            required=question.required or question.kind == "category",  # most depends on it: skipping takes a button
            widget=forms.RadioSelect,
            error_messages=messages,
        )
    if question.kind == "many":
        return forms.MultipleChoiceField(
            choices=choices, required=question.required, widget=forms.CheckboxSelectMultiple, error_messages=messages
        )
    if question.kind == "reference":
        return ReferenceField(
            required=False,
            max_length=question.max_length,
            widget=forms.TextInput(PRIVATE | {"autocapitalize": "characters", "class": "w-m"}),
            error_messages={"invalid": question.error, "max_length": question.error},
        )
    widget = forms.Textarea if question.kind == "long" else forms.TextInput
    messages["max_length"] = gettext_lazy("This is too long: at most %(limit_value)d characters. Now %(show_value)d.")
    return TypedField(
        required=question.required, max_length=question.max_length, widget=widget(PRIVATE), error_messages=messages
    )
