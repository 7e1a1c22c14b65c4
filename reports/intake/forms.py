"""Forms made from the declarations in ``questions``: one question, its choices, its limits, its sentence."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..questions import SAFETY, Question

PRIVATE = {"autocomplete": "off", "spellcheck": "false", "translate": "no"}  # nothing stays in the browser (H9)


class SafetyForm(forms.Form):
    """The first question."""

    safety = forms.ChoiceField(
        choices=[(choice.key, choice.label) for choice in SAFETY.choices],
        widget=forms.RadioSelect,
        error_messages={"required": SAFETY.error, "invalid_choice": SAFETY.error},
    )


class QuestionForm(forms.Form):
    """The form of one question. The field is called ``answer``; ``data`` may also carry the key of the question."""

    def __init__(self, question: Question, *args, choices=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["answer"] = _field(question, choices or [(c.key, c.label) for c in question.choices])

    @property
    def value(self):
        """The answer as it is kept: a string or a list of strings."""
        return self.cleaned_data["answer"]


class ContactForm(forms.Form):
    """How the reporter may be reached: by the code alone, or by a safe e-mail with a subject that they choose."""

    answer = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    answer_email = forms.EmailField(
        label=gettext_lazy("E-mail address that only you read"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(PRIVATE),
        error_messages={"invalid": gettext_lazy("Write the address like this: name@example.com")},
    )
    answer_subject = forms.CharField(
        label=gettext_lazy("Subject that we should write (for example “Your homework”)"),
        required=False,
        max_length=80,
        widget=forms.TextInput(PRIVATE),
    )
    answer_readers = forms.CharField(
        label=gettext_lazy("Who else can read this mail or phone?"),
        required=False,
        max_length=200,
        widget=forms.TextInput(PRIVATE),
    )

    def __init__(self, question: Question, *args, **kwargs):
        kwargs.setdefault("initial", {})
        stored = kwargs["initial"].pop("answer", None)
        if isinstance(stored, dict):
            kwargs["initial"] |= {"answer": stored.get("how")} | {
                f"answer_{key}": stored.get(key, "") for key in ("email", "subject", "readers")
            }
        super().__init__(*args, **kwargs)
        self.question = question
        self.fields["answer"].choices = [(c.key, c.label) for c in question.choices]
        self.fields["answer"].error_messages["invalid_choice"] = question.error

    def clean(self):
        """An e-mail is needed only by those who chose it."""
        cleaned = super().clean()
        if cleaned.get("answer") == "email" and not cleaned.get("answer_email") and "answer_email" not in self.errors:
            self.add_error("answer_email", _("Write the e-mail address, or choose the code alone."))
        return cleaned

    @property
    def value(self) -> dict | None:
        """``{"how": "email", "email": …}``, or None for the code alone."""
        if self.cleaned_data.get("answer") != "email":
            return None
        return {"how": "email"} | {key: self.cleaned_data[f"answer_{key}"] for key in ("email", "subject", "readers")}


def form_for(question: Question, data=None, initial=None, choices=None):
    """The form of ``question``; ``initial`` is its answer so far."""
    initial = {} if initial is None else {"answer": initial}
    if question.kind == "contact":
        return ContactForm(question, data, initial=initial)
    return QuestionForm(question, data, initial=initial, choices=choices)


def _field(question: Question, choices) -> forms.Field:
    messages = {"required": question.error, "invalid_choice": question.error, "invalid_list": question.error}
    if question.kind in {"one", "category"}:
        return forms.ChoiceField(
            choices=choices, required=question.required, widget=forms.RadioSelect, error_messages=messages
        )
    if question.kind == "many":
        return forms.MultipleChoiceField(
            choices=choices, required=question.required, widget=forms.CheckboxSelectMultiple, error_messages=messages
        )
    widget = forms.Textarea if question.kind == "long" else forms.TextInput
    messages["max_length"] = gettext_lazy("This is too long: at most %(limit_value)d characters. Now %(show_value)d.")
    return forms.CharField(
        required=question.required, max_length=question.max_length, widget=widget(PRIVATE), error_messages=messages
    )
