"""Effect and condition of taking a message back before the reporter can read it; ``cases.sending`` sends it."""

from typing import Any

from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ...models.case import Case
from ...models.sent_file import SentFile
from ...models.undo import Undo


def undo(case: Case, by: Account) -> dict:
    """Erase the message with its file, and their keys; restore the columns of the case that sending it has changed.

    A package whose receipt was entered with the message is again as it was.

    Bytes of the message that the database keeps for a while can then not be opened any more.
    """
    latest = case.undo
    sent = SentFile.objects.filter(message=latest.message).defer("sealed")
    case.data_keys.filter(name__in=[latest.message.key_name, *(file.key_name for file in sent)]).delete()
    for name, value in latest.columns.items():
        field: Any = Case._meta.get_field(name)
        setattr(case, field.attname, value if value is None else field.to_python(value))
    if latest.package:
        case.referrals.filter(pk=latest.package["id"]).update(**latest.package)
    latest.message.delete()  # and with it ``latest``
    return {}


def may_undo(case: Case, by: Account) -> str | None:
    """Refuse a message of somebody else, one that the reporter can read already, and one after which more happened."""
    latest: Undo | None = getattr(case, "undo", None)
    if latest is None or latest.by_id != by.pk:
        return _("There is no message of yours that can be taken back.")
    if not latest.message.is_waiting:
        return _("It is too late to undo: the reporter can read the message already.")
    return None if latest.version == case.version else _("This cannot be undone: the case has changed since.")
