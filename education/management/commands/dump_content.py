"""Write the published content as starter files, so that a site can hand its corrections back to the project."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from education.management import dump


class Command(BaseCommand):
    """``manage.py dump_content FOLDER``"""

    help = "Write the published texts into FOLDER in the form of education/starter, always in the same order."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the folder."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files. Raises CommandError if the folder cannot be written."""
        try:
            count, left_out = dump.write(options["folder"])
        except OSError as error:
            raise CommandError(f"{options['folder']} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{count} items written to {options['folder']}. Drafts and unpublished texts are left out.")
        if left_out:
            self.stdout.write(f"{len(left_out)} pictures are in none of the files; each is named in its file:")
            self.stdout.writelines(f"  {line}" for line in left_out)
