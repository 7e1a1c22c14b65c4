"""Fixtures for the tests of reports."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from reports.models import Team
from tests.reports import desk_matrix, hidden_cases


@pytest.fixture
def two_nodes(settings, session_keys, tmp_path, categories):
    """``two_nodes("public")`` or ``("desk")``: this process is that node, and the desk knows the public one."""
    public, desk = tmp_path / "public", tmp_path / "desk"
    for folder, names in ((public, ("desk.public", "child_safety.public")), (desk, None)):
        folder.mkdir()
        for path in session_keys.iterdir():
            if names is None or path.name in names:
                (folder / path.name).write_bytes(path.read_bytes())

    def be(node: str) -> None:
        settings.KEYS_DIR, settings.HAS_DESK = (desk, True) if node == "desk" else (public, False)

    be("public")
    call_command("make_keys", stdout=StringIO())
    (desk / "node-web1.public").write_bytes((public / "node.public").read_bytes())
    return be


@pytest.fixture
def keepers(categories, person, in_demo, remembered, clock) -> Callable:
    """``keepers(kind)``: two people who may know of hidden cases of this kind; there is an agency, and a team.

    They are at work: leads may know that of child safety.
    """

    def make(kind: str) -> list:
        call_command("demo_agency", stdout=StringIO())
        Team.objects.get_or_create(key=desk_matrix.TEAM, defaults={"name": "Barat"})
        return [person(hidden_cases.KEEPERS[kind], f"{place}-{kind}") for place in ("first", "second")]

    return make
