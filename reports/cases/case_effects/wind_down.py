"""Effect and condition of telling a reporter that the operator stops."""

from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safetycenter.roles import Actor

from ...models.case import Case
from ...models.message import Message

TOLD = "wind_down_told"


def tell(case: Case, by: None, last_day: date) -> dict:
    """Send the reporter the notice, in the language of the report. One who cannot come back gets no message."""
    if not case.unreachable:
        with translation.override(case.language):
            text = _notice(last_day)
        message = Message(case=case, side=Message.Side.STAFF)
        message.sealed_with(case.staff_keyring(), text).save(force_insert=True)
    return {"last_day": last_day.isoformat(), "message": not case.unreachable}


def is_untold(case: Case, by: Actor) -> str | None:
    """Refuse to tell a reporter twice."""
    return _("The reporter knows it already.") if case.events.filter(action=TOLD).exists() else None


def _notice(last_day: date) -> str:
    return _(
        "This site stops on %(day)s. Until then you can read and write here with your code. After that everything "
        "about your report is deleted, and your code opens nothing any more. You did nothing wrong.\n\n"
        "If somebody else should go on helping you, write to us here before that day. We pass nothing on without "
        "asking you, unless a child or a life is at risk. Write down what you want to keep. In danger, don't wait for "
        "us: use the numbers on this page."
    ) % {"day": date_format(last_day, "j F Y")}
