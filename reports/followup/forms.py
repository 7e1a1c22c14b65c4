"""Forms of the follow-up pages."""

from secrets import token_urlsafe
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..crypto import receipts
from ..fields import TypedField

PRIVATE_ATTRS = {"autocomplete": "off", "spellcheck": "false", "translate": "no"}
MAX_MESSAGE_LENGTH = 2000
MISSING_HALF = {
    "number": gettext_lazy(
        "The number of your report is missing. It has 8 letters and numbers, like K7QF-2M9X. Type it first, then the "
        "secret or the eight words."
    ),
    "secret": gettext_lazy(
        "This is only the number of your report. Type the secret or the eight words after it, in the same box."
    ),
}


class CodeForm(forms.Form):
    """The receipt code, as characters or as words, however it was typed."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy(
            "All 24 letters and numbers, or the number and your eight words. Capital letters and dashes don't matter."
        ),
        max_length=receipts.MAX_INPUT_LENGTH,
        widget=forms.TextInput(PRIVATE_ATTRS | {"class": "code-input", "autocapitalize": "characters"}),
        error_messages={
            "required": gettext_lazy("Type your code."),
            "max_length": gettext_lazy("This is longer than a code. Type only the code."),
        },
    )

    def clean_code(self) -> str:
        """Return the code. Report an incomplete one by its form alone, before anything is looked up."""
        code = self.cleaned_data["code"]
        if half := receipts.missing_half(code):
            raise forms.ValidationError(MISSING_HALF[half])
        return code


class WriteForm(forms.Form):
    """A message from the reporter, with files where they are allowed."""

    text = TypedField(
        label=gettext_lazy("Write to us"),
        help_text=gettext_lazy("You don't need to tell your story again. Links and account names can go in here too."),
        max_length=MAX_MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(PRIVATE_ATTRS | {"rows": 5}),
        error_messages={
            "max_length": gettext_lazy("This is too long: at most %(limit_value)d characters. Now %(show_value)d.")
        },
    )
    sexual = forms.ChoiceField(
        label=gettext_lazy("Is there a naked or sexual picture in the file?"),
        choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes")), ("unsure", gettext_lazy("I'm not sure"))],
        required=False,
        widget=forms.RadioSelect,
    )

    send = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, uploads: str = "none", file_count: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["send"] = token_urlsafe(12)  # accepted once, so that a double tap sends nothing more
        self._uploads, self._file_count = uploads, file_count
        for name in ("text", "sexual"):  # either may be empty only if the other is not: "optional" would mislead
            self.fields[name].says_when_needed = True  # type: ignore[attr-defined]
        if uploads != "ask":
            del self.fields["sexual"]

    def clean(self) -> dict[str, Any]:
        """Require a text or a file; where the question about the file is asked, require the answer no."""
        cleaned = super().clean() or {}
        if not cleaned.get("text") and not self._file_count and "text" not in self.errors:
            self.add_error("text", _("Write something, or choose a file."))
        if self._uploads == "ask" and self._file_count and cleaned.get("sexual") != "no":
            self.add_error(
                "sexual",
                _(
                    "Then don't send the file, not to us either: such a picture should not be copied again. "
                    "If it is your own picture from before you were 18, Take It Down can help "
                    "while it stays on your phone."
                )
                if cleaned.get("sexual")
                else _("Answer this question before the file is kept."),
            )
        return cleaned


class WithdrawForm(forms.Form):
    """The optional reason for a withdrawal."""

    coerced = forms.ChoiceField(
        label=gettext_lazy("Is someone telling you to do this?"),
        help_text=gettext_lazy("You can skip this. The answer will not be shown here again."),
        choices=[
            ("no", gettext_lazy("No, I want it myself")),
            ("yes", gettext_lazy("Yes")),
            ("skip", gettext_lazy("I'd rather not say")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["coerced"].says_when_needed = True  # type: ignore[attr-defined]
