"""What the doctor says of the report form: whether somebody can report now, and what is missing if not."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from safetycenter.doctor.finding import ADVICE, FAULT, Finding, ok

from ..models.case import Case
from .intake_status import PRECONDITIONS, IntakeStatus, intake_status


def findings(is_before_opening: bool) -> Iterator[Finding]:
    """Yield whether the form is open. Closed is wrong once there were reports, unless the operator stops for good."""
    status = intake_status()
    if status.is_open:
        yield ok(gettext_lazy("Report form: it is open"))
        return
    is_expected = is_before_opening or status.last_day is not None or not there_are_reports()
    missing = "; ".join(str(PRECONDITIONS[name]) for name in status.missing)
    level = ADVICE if is_expected else FAULT
    yield Finding(level, gettext_lazy("Report form: it is closed"), _advice(status), missing)


def there_are_reports() -> bool:
    """Return whether somebody has reported here."""
    return Case.objects.exists()


def _advice(status: IntakeStatus) -> str:
    if status.last_day is not None:  # what is missing opens it no more
        day = date_format(status.last_day, "j F Y")
        return gettext("Nobody can report any more: the operator stops. Its last day is %(day)s.") % {"day": day}
    if settings.HAS_DESK:
        return gettext(
            "Nobody can report now. The first page of the staff dashboard says what to do about each of these."
        )
    return gettext(
        "Nobody can report now. The first page of the staff dashboard, %(address)s, says what to do about each of "
        "these."
    ) % {"address": f"{settings.DESK_URL}/admin/"}
