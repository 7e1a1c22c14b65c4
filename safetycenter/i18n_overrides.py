"""Texts of Django's admin that its Indonesian catalogue translates badly: ours replace them (``locale/``)."""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Model name"),
    gettext_noop("Change or view list link"),
    gettext_noop("After you’ve created a user, you’ll be able to edit more user options."),
)
