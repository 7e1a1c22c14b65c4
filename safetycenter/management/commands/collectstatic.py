"""``manage.py collectstatic``: Django's own, skipped when all is collected: it takes seconds to find that out."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic

from safetycenter.page_cache import collected

PARTIAL = ("dry_run", "link", "ignore_patterns")


class Command(collectstatic.Command):
    """Collect unless the files of this version lie there already. ``--clear`` collects all again."""

    def handle(self, **options: Any) -> str | None:
        """Collect, and leave a stamp if all was collected."""
        is_partial = any(options[name] for name in PARTIAL)
        if collected.is_stamped() and not (is_partial or options["clear"]):
            return None
        said = super().handle(**options)
        if not is_partial:
            collected.put_stamp()
        return said
