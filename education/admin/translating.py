"""Restrict translators to the texts of the translation, without anything that both languages share.

The fields are disabled, so that Django keeps the stored value whatever is submitted.
"""

from collections.abc import MutableMapping
from copy import copy

from django.forms import Field

from education.models.bilingual import LANGUAGES
from education.publishing.guards import WRITE_ALL
from education.translation import column
from safetycenter.roles import Account

CHANGE_FIELDS = {"note", "minor", "version"}


def is_translator_only(user: Account) -> bool:
    """Return whether ``user`` may change the translation only."""
    return not user.has_perm(WRITE_ALL)


def disable_other_fields(fields: MutableMapping[str, Field]) -> None:
    """Disable every field that is not a text of the translation.

    Each is replaced by a copy, because a field declared on a form class is shared by all later requests.
    """
    for name, field in list(fields.items()):
        if name not in CHANGE_FIELDS and not any(name.endswith(column("", code)) for code in LANGUAGES[1:]):
            fields[name] = copy(field)
            fields[name].disabled = True
