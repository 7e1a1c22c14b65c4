"""Write the day of today beside each shipped text that changed: ``python -m tools.text_dates`` (text_dates.toml)."""

import os
import tempfile

import django
from django.utils import timezone

HEAD = """\
# When each shipped text was last changed, and a digest of the text then. Its page shows this day, on every site.
# `python -m tools.text_dates` writes this file. Run it in the same commit as a change of a text.
"""


def main() -> None:
    """Keep the day of each text that is the same, give today to the others, and leave out texts that are gone."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "safetycenter.settings", "DEBUG": "1", "VAR_DIR": folder}
        django.setup()
        from education.starter import files, text_dates

        path = files.FOLDER / text_dates.FILE
        known = text_dates.read() if path.exists() else {}
        lines = [_line(name, text, known) for name, text in text_dates.named(files.items).items()]
        path.write_text(f"{HEAD}{''.join(lines)}")


def _line(name: str, text: str, known: dict[str, dict]) -> str:
    before = known.get(name, {})
    day = before["changed_on"] if before.get("text") == text else timezone.localdate()
    return f'"{name}" = {{ changed_on = {day}, text = "{text}" }}\n'


if __name__ == "__main__":
    main()
