"""The settings of PgBouncer in the handbook: they let the nodes in, and are the same in both languages."""

import configparser
import re
from pathlib import Path

from django.conf import settings

PAGES = [settings.BASE_DIR / "docs/operators" / page for page in ("en/scale.md", "id/skala.md")]


def shown(page: Path) -> list[str]:
    """The blocks of code that a page shows."""
    return re.findall(r"^```\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)


def test_pgbouncer_of_the_handbook_listens_and_knows_the_roles():
    settings_shown, command = shown(PAGES[0])
    parsed = configparser.ConfigParser()
    parsed.read_string(settings_shown)
    assert {"listen_addr", "listen_port", "auth_type", "auth_file"} <= parsed["pgbouncer"].keys()
    assert {"safetycenter_public", "safetycenter_desk"} <= set(re.findall(r"'(\w+)'", command))


def test_both_languages_show_the_same_settings():
    assert shown(PAGES[0]) == shown(PAGES[1])
