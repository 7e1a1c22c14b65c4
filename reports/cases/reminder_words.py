"""The words of reminders. They name nobody and promise nothing (docs/decisions/reminders.md)."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

from safetycenter.hints import Text


class Disguise(NamedTuple):
    """What a reminder looks like: its subject, and its only line."""

    subject: Text
    line: Text


DISGUISES = {
    "note": Disguise(pgettext_lazy("reminder", "Note"), pgettext_lazy("reminder", "Look at the note.")),
    "reminder": Disguise(pgettext_lazy("reminder", "Reminder"), pgettext_lazy("reminder", "Time to look again.")),
    "list": Disguise(pgettext_lazy("reminder", "Today's list"), pgettext_lazy("reminder", "One thing is left.")),
    "news": Disguise(pgettext_lazy("reminder", "There is news"), pgettext_lazy("reminder", "There is news.")),
}
NOT_FOR_YOU = gettext_lazy("If this is not for you, ignore it.")
