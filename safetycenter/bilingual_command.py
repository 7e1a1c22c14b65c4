"""The base of commands that speak to operators: in the first language of the site, or in that of ``--language``."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand
from django.utils import translation


class BilingualCommand(BaseCommand):
    """A command that speaks the languages of the site. ``help`` and the help of options stay English."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--language``."""
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("--language", choices=languages, default=settings.LANGUAGE_CODE)

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command in the chosen language."""
        with translation.override(options["language"]):
            return super().execute(*args, **options)


def listed(counts: Mapping[Any, int]) -> str:
    """Return ``counts`` in words."""
    return ", ".join(f"{what}: {count}" for what, count in counts.items())
