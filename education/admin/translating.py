"""What people may change who translate: the texts of the translation, and nothing that both languages show.

The fields are disabled, so that Django takes the value that is stored, whatever was sent.
"""

from collections.abc import MutableMapping
from copy import copy

from django.forms import Field

from education.models.bilingual import LANGUAGES
from education.publishing.guards import WRITE_ALL
from education.translation import column
from safetycenter.roles import Account

ABOUT_THE_CHANGE = {"note", "minor", "version"}


def only_translates(user: Account) -> bool:
    """Return whether ``user`` may change the translation only."""
    return not user.has_perm(WRITE_ALL)


def close_the_rest(fields: MutableMapping[str, Field]) -> None:
    """Disable every field that is not a text of the translation.

    Each is replaced by a copy: a field declared on a form belongs to everybody who opens that form later.
    """
    for name, field in list(fields.items()):
        if name not in ABOUT_THE_CHANGE and not any(name.endswith(column("", code)) for code in LANGUAGES[1:]):
            fields[name] = copy(field)
            fields[name].disabled = True
