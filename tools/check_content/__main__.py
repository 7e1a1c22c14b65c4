"""Print one line for each fault: file, field and what is wrong. Exit with 1 if there is one."""

import os
import sys
import tempfile
from pathlib import Path

import django


def main(folder_of_files: str = "") -> int:
    """Check the files in this folder, by default those that are shipped. Return 1 if there is a fault."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "safetycenter.settings", "DEBUG": "1", "VAR_DIR": folder}
        django.setup()
        from education.starter.files import FOLDER
        from tools.check_content import figures, marks, rules
        from tools.check_content.content import Content

        content = Content(Path(folder_of_files or FOLDER))
        found = rules.faults(content)
        print("\n".join([*figures.lines(content), *marks.lines(content)]))
    print("\n".join(map(str, found)) or "content: follows the writers' rules")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
