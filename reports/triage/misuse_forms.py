"""The forms of the mark "possible misuse of the form" (safety rule H23)."""

from django.utils.translation import gettext_lazy

from .action_form import ActionForm, ReasonForm, RequiredReasonForm


class NoteForm(RequiredReasonForm):
    """What makes misuse possible."""

    hint = gettext_lazy(
        "What you saw that makes misuse possible. A story that is muddled, late or hard to believe is none. The mark "
        "changes no place, no clock and no answer, and the reporter is never told. A lead must confirm it."
    )


class ConfirmForm(RequiredReasonForm):
    """Why the second person agrees."""

    hint = gettext_lazy("What you looked at yourself. If you are not sure, take the mark back instead.")


MISUSE_FORMS: dict[str, type[ActionForm]] = {
    "note_misuse": NoteForm,
    "confirm_misuse": ConfirmForm,
    "take_back_misuse": ReasonForm,
}
