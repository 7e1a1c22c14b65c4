"""Forms made from the declarations in ``questions``: one question with its choices, limits and error message."""

import re
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safetycenter import provinces

from ..crypto import receipts
from ..fields import TypedField
from ..questions import SAFETY, Answers, Question
from ..questions.core import ABOUT
from .choice_widgets import Checkboxes, Radios

# In few words, so that a row holds several.
AGES = {
    "under_13": pgettext_lazy("in a row", "Under 13"),
    "13_15": _("13–15"),
    "16_17": _("16–17"),
    "adult": _("18+"),
}
MY_AGES = AGES | {"unknown": _("Rather not say")}
AGES_OF_ANOTHER = AGES | {"unknown": _("I don't know")}
OTHERS = tuple(choice for choice in ABOUT.choices if choice.key != "me")
AGE_OF_ANOTHER = _("How old is the person this happened to?")
AGE_OF = {"my_child": _("How old is the child?"), "my_student": _("How old is the student?")}
OF_SEVERAL = _("If there are several: the youngest.")
CHOICES = ("one", "many", "category", "province")  # kinds of questions that are answered by choosing
PRIVATE = {"autocomplete": "off", "spellcheck": "false", "translate": "no"}  # the browser must not store it (H9)


class SafetyForm(forms.Form):
    """The form of the first question: "Are you safe right now?"."""

    safety = forms.ChoiceField(
        choices=[(choice.key, choice.label) for choice in SAFETY.choices],
        widget=Radios,
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


def form_for(
    question: Question, data: Any = None, initial: Any = None, choices: Any = None, prefix: str | None = None
) -> QuestionForm:
    """Return the form of ``question``; ``initial`` is the answer so far, ``prefix`` that of its field's name."""
    initial = {} if initial is None else {"answer": initial}
    return QuestionForm(question, data, initial=initial, choices=choices, prefix=prefix)


def typed_in(question: Question, data: Any, prefix: str = "") -> Any:
    """Return the contents of the form of ``question``: a string, or a list where several may be ticked."""
    name = f"{prefix}-answer" if prefix else "answer"
    return data.getlist(name) if question.kind == "many" else data.get(name, "")


def posted(typed: Any, prefix: str = "") -> MultiValueDict:
    """Return ``typed`` as a form would have sent it, so that it can be validated again."""
    name = f"{prefix}-answer" if prefix else "answer"
    return MultiValueDict({name: typed if isinstance(typed, list) else [typed]})


class WhoForm(forms.Form):
    """One choice says who it is about and how old that person is: ``me:13_15``."""

    who = forms.ChoiceField(widget=Radios)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [(f"me:{age}", label) for age, label in MY_AGES.items()]
        others = [(f"{about.key}:{age}", label) for about in OTHERS for age, label in AGES_OF_ANOTHER.items()]
        self.fields["who"].choices = mine + others  # type: ignore[attr-defined]
        self.fields["who"].error_messages = {"required": ABOUT.error, "invalid_choice": ABOUT.error}

    @property
    def mine(self) -> list:
        """Return the choices about the reporter."""
        return list(self["who"])[: len(MY_AGES)]

    @property
    def others(self) -> list[dict]:
        """Return a group with the ages for each other person, as ``choice_widgets.folded_buttons`` shows it."""
        rest = iter(list(self["who"])[len(MY_AGES) :])
        found = []
        for about in OTHERS:
            options = [{"widget": next(rest), "hint": ""} for _age in AGES_OF_ANOTHER]
            chosen = any(option["widget"].data["selected"] for option in options)
            asks = AGE_OF.get(about.key, AGE_OF_ANOTHER), OF_SEVERAL
            group = {"heading": about.label, "says": about.hint, "asks": asks, "is_short": True}
            found.append(group | {"options": options, "is_chosen": chosen})
        return found

    def clean(self) -> dict:
        """Return the answers to both questions."""
        about, _colon, age = self.cleaned_data.get("who", "").partition(":")
        return {"about": about, "age": age}

    @staticmethod
    def choice_of(answers: Answers) -> str:
        """Return the choice that means these answers; empty if there is none yet."""
        return f"{about}:{answers.get('age', 'unknown')}" if (about := answers.get("about", "")) else ""


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
            widget=Radios,
            error_messages=messages,
        )
    if question.kind == "many":
        return forms.MultipleChoiceField(
            choices=choices, required=question.required, widget=Checkboxes, error_messages=messages
        )
    if question.kind == "province":
        return forms.ChoiceField(
            choices=[("", _("Choose a province")), *provinces.by_region()],
            required=question.required,
            widget=forms.Select(PRIVATE),
            error_messages=messages,
        )
    if question.kind == "reference":
        return ReferenceField(
            required=False,
            max_length=question.max_length,
            widget=forms.TextInput(PRIVATE | {"autocapitalize": "characters", "class": "w-m"}),
            error_messages={"invalid": question.error, "max_length": question.error},
        )
    widget = forms.Textarea if question.kind == "long" else forms.TextInput
    messages["max_length"] = _("This is too long: at most %(limit_value)d characters. Now %(show_value)d.")
    return TypedField(
        required=question.required, max_length=question.max_length, widget=widget(PRIVATE), error_messages=messages
    )
