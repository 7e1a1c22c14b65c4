"""What the doctor says of the report form: whether somebody can report now, and what is missing if not."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from safetycenter.doctor.finding import ADVICE, FAULT, Finding, ok

from ..models.case import Case
from .intake_status import PRECONDITIONS, intake_status


def findings(is_before_opening: bool) -> Iterator[Finding]:
    """Yield whether the form is open. Closed is wrong once there were reports, unless the operator stops for good."""
    status = intake_status()
    if status.is_open:
        yield ok(_("Report form: it is open"))
        return
    is_expected = is_before_opening or status.last_day is not None or not Case.objects.exists()
    missing = "; ".join(str(PRECONDITIONS[name]) for name in status.missing)
    advice = _("Nobody can report now. The first page of the staff dashboard says what to do about each of these.")
    yield Finding(ADVICE if is_expected else FAULT, _("Report form: it is closed"), advice, missing)
