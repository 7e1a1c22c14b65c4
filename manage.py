#!/usr/bin/env python
"""Django's command line for this project."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError) as error:
        if settings.DEBUG or "--traceback" in sys.argv:
            raise
        said = str(error).strip().partition("\n")[0]  # the other lines may have values of rows
        sys.exit(
            f"CommandError: The database does not do this ({said}). Check that it runs, DATABASE_URL and its password, "
            "that manage.py set_up has made the tables, and that deploy/grants.sql was run after it."
        )
