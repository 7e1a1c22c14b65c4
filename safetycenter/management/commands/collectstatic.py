"""``manage.py collectstatic``: Django's own, skipped when all is collected: it takes seconds to find that out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic
from django.core.files.storage import Storage
from django.core.management.base import CommandError

from safetycenter.page_cache import collected

PARTIAL = ("dry_run", "link", "ignore_patterns")


class Command(collectstatic.Command):
    """Collect unless the files of this version lie there already, as they were. ``--clear`` collects all again."""

    def handle(self, **options: Any) -> str | None:
        """Collect, and leave a stamp if all was collected. Raises CommandError where nothing can be written."""
        if any(options[name] for name in PARTIAL):
            return super().handle(**options)
        if collected.is_whole() and not options["clear"]:
            return None
        options["clear"] = options["clear"] or collected.is_broken()
        try:
            with _readable_for_nginx():
                collected.begin()
                said = super().handle(**options)
                collected.put_stamp()
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be written: {error.strerror}. See STATIC_ROOT.") from error
        return said

    def clear_dir(self, path: str) -> None:
        """Clear a folder; keep the record that a run is under way."""
        super().clear_dir(path)
        if not path:
            collected.begin()

    def delete_file(self, path: str, prefixed_path: str, source_storage: Storage) -> bool:
        """Return whether to copy a file: Django looks at times, and the files of a version gone back to are older."""
        if self.storage.exists(prefixed_path):
            with self.storage.open(prefixed_path) as there, source_storage.open(path) as here:
                is_same = there.read() == here.read()
            if not is_same and not self.dry_run:
                self.storage.delete(prefixed_path)
        return super().delete_file(path, prefixed_path, source_storage)


@contextmanager
def _readable_for_nginx() -> Iterator[None]:
    """Let others read what is written: compressed files are written with the umask of the process."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
