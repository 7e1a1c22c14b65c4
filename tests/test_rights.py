"""The tables of rights in docs/moderators.md are those of the code."""

from django.utils import translation

from education.admin.translation_matrix import KINDS
from tools import rights


def test_documented_rights_are_those_of_the_code():
    with translation.override("en"):
        text = rights.DOCUMENT.read_text()
        assert rights.written(text) == text, "run python -m tools.rights"


def test_rights_name_every_action_and_role():
    with translation.override("en"):
        tables = rights.tables()
    assert "| Escalate to the lead | Report triage, Moderator, Child safety, Supervisor, Independent case" in tables
    assert "``" not in tables
    assert "| Auditor | none | no | no | no |" in tables


def test_rights_name_who_approves_each_kind_of_text():
    with translation.override("en"):
        rows = [line.split(" | ") for line in rights.tables().splitlines() if line.endswith("Reviewer, Publisher |")]
    assert len(rows) == len(KINDS)
    assert {row[2] for row in rows} == {"Reviewer"}
