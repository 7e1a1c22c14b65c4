"""The limits and periods that pages name. Each has one value in the settings; sentences and scripts take it from here.

Templates read ``LIMITS.draft_minutes``; texts of fixed pages write ``{draft_minutes}`` (education.site_placeholders).
"""

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import ngettext

YEAR = 365  # days

LIMITS: dict[str, Callable[[], int | str]] = {
    "draft_minutes": lambda: settings.DRAFT_MINUTES,
    "draft_hours": lambda: settings.DRAFT_HOURS,
    "end_warning_minutes": lambda: end_warning_minutes(),
    "warning_minutes": lambda: settings.DRAFT_WARNING_MINUTES,
    "files": lambda: settings.MAX_FILES_PER_CASE,
    "file_mb": lambda: settings.FILE_MB,
    "all_files_mb": lambda: settings.CASE_FILES_MB,
    "withdrawal_hours": lambda: settings.WITHDRAWAL_HOURS,
    "close_days": lambda: settings.CLOSE_DAYS,
    "contact_kept": lambda: period(settings.KEEP_CONTACT_DAYS),
    "files_kept": lambda: period(settings.KEEP_FILES_DAYS),
    "story_kept": lambda: period(settings.KEEP_STORY_DAYS),
    "urgent_story_kept": lambda: period(settings.KEEP_URGENT_STORY_DAYS),
    "certificate_kept": lambda: period(settings.KEEP_CERTIFICATE_DAYS),
    "record_kept": lambda: period(settings.RECORD_DAYS),
}


def end_warning_minutes() -> int:
    """Return how many minutes before the end that no button extends pages announce it: longer than a page is left."""
    return 2 * settings.DRAFT_MINUTES


def period(days: int) -> str:
    """Return ``days`` in the active language: in years from three years on, in months or days where those are whole."""
    if days % YEAR == 0 and days >= 3 * YEAR:
        return ngettext("%(count)d year", "%(count)d years", days // YEAR) % {"count": days // YEAR}
    months, rest = divmod(days * 12, YEAR)
    if months and not rest:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
