"""The settings of PgBouncer in the handbook: they let the nodes in, and are the same in both languages."""

import configparser
import re

from django.conf import settings

from tests.handbook import blocks

PAGES = [settings.BASE_DIR / "docs/operators" / page for page in ("en/scale.md", "id/skala.md")]


def test_pgbouncer_of_the_handbook_listens_and_knows_the_roles():
    settings_shown, command = blocks(PAGES[0])
    parsed = configparser.ConfigParser()
    parsed.read_string(settings_shown)
    assert {"listen_addr", "listen_port", "auth_type", "auth_file"} <= parsed["pgbouncer"].keys()
    assert {"safetycenter_public", "safetycenter_desk"} <= set(re.findall(r"'(\w+)'", command))


def test_both_languages_show_the_same_settings():
    assert blocks(PAGES[0]) == blocks(PAGES[1])
