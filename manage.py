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
        from safetycenter.database_refusals import sentence

        sys.exit(f"CommandError: {sentence(error)}")
