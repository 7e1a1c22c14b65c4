"""``manage.py`` on a server whose disk keeps nothing of what a restore writes: run by a test in place of Python."""

import os
import sys
from pathlib import Path

import django
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command of the arguments; every stored file is cut to nothing before the database is loaded."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    django.setup()
    from reports.backup import databases

    load = databases.load

    def cut_and_load(dump: Path) -> None:
        for path in Path(os.environ["EVIDENCE_DIR"]).rglob("*"):
            if path.is_file():
                os.truncate(path, 0)
        load(dump)

    databases.load = cut_and_load
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
