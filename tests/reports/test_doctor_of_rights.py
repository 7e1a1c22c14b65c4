"""The doctor on PostgreSQL: whether a node's role has the rights of ``deploy/grants.sql``, no fewer and no more."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.utils import translation

from education.models import Guide
from reports.models import Category
from reports.questions.category import DECLARED
from safetycenter.doctor import rights
from safetycenter.doctor.finding import ADVICE, FAULT, OK, Finding
from tests.database import on_postgresql

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, on_postgresql]
ROLES = {"public": "safetycenter_public", "desk": "safetycenter_desk"}


@pytest.fixture(autouse=True)
def english():
    """Sentences are made when they are read."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def grants():
    """The shipped file, run by the owner."""
    as_owner(Path(site.BASE_DIR, "deploy", "grants.sql").read_text())


def as_owner(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def found(node: str, role: str | None = None) -> list[Finding]:
    """What the doctor of a node says when its DATABASE_URL names ``role``."""
    as_owner(f"SET ROLE {role or ROLES[node]}")
    try:
        with override_settings(NODE=node):
            return list(rights.findings())
    finally:
        as_owner("RESET ROLE")


@pytest.mark.parametrize("node", ROLES)
def test_role_with_the_shipped_grants_is_fine(node):
    assert found(node) == [Finding(OK, rights.WHAT, detail=ROLES[node])]


@pytest.mark.parametrize("node", [*ROLES, "all"])
def test_superuser_is_wrong_at_every_node(node):
    [finding] = found(node, "postgres")
    assert finding.level == FAULT
    assert "can change everything" in str(finding.advice)


@pytest.mark.parametrize(("node", "level"), [("public", FAULT), ("desk", FAULT), ("all", ADVICE)])
def test_owner_is_at_most_for_a_single_server(node, level):
    as_owner("CREATE ROLE made_up_owner; ALTER TABLE reports_case OWNER TO made_up_owner")
    assert [finding.level for finding in found(node, "made_up_owner")] == [level]


@pytest.mark.parametrize("node", ROLES)
def test_role_without_rights_is_wrong(node):
    as_owner(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {ROLES[node]}")
    [finding] = found(node)
    assert finding.level == FAULT
    assert "lacks rights" in str(finding.advice)


@pytest.fixture
def desk_role():
    """The connection of the test has the role of a desk."""
    as_owner("SET ROLE safetycenter_desk")
    yield
    as_owner("RESET ROLE")


@pytest.mark.slow
def test_set_up_of_a_desk_needs_the_shipped_rights_only(desk_role):
    call_command("set_up", stdout=StringIO())
    assert (Category.objects.count(), Guide.objects.exists()) == (len(DECLARED), True)


def test_set_up_without_the_shipped_rights_says_so():
    as_owner("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM safetycenter_desk")
    as_owner("SET LOCAL ROLE safetycenter_desk")
    with pytest.raises(CommandError, match=r"permission denied for .*deploy/grants\.sql was run"), transaction.atomic():
        call_command("set_up", stdout=StringIO())


@pytest.mark.parametrize(
    "statement",
    [
        "REVOKE INSERT ON reports_case FROM safetycenter_public",
        "REVOKE UPDATE (state) ON reports_case FROM safetycenter_public",
        "REVOKE SELECT ON education_guide FROM safetycenter_public",
        "REVOKE SELECT (id) ON reports_breach FROM safetycenter_public",
    ],
)
def test_each_missing_right_of_a_public_role_is_named(statement):
    as_owner(statement)
    [finding] = found("public")
    _revoke, privilege, *_columns, table, _from, _role = statement.replace("ON ", "").split()
    assert finding.detail == f"safetycenter_public: {privilege} {table}"


@pytest.mark.parametrize(
    ("node", "statement"),
    [
        ("public", "GRANT SELECT (password) ON auth_user TO safetycenter_public"),
        ("public", "GRANT UPDATE ON reports_event TO safetycenter_public"),
        ("public", "GRANT SELECT ON education_revision TO safetycenter_public"),
        ("public", "GRANT CREATE ON SCHEMA public TO safetycenter_public"),
        ("public", "ALTER TABLE reports_evidence DISABLE ROW LEVEL SECURITY"),
        ("public", "DROP POLICY public_delete ON reports_evidence"),
        ("public", "ALTER TABLE reports_case DISABLE TRIGGER reports_case_public_limits"),
        ("desk", "GRANT DELETE ON reports_event TO PUBLIC"),
        ("desk", "GRANT TRUNCATE ON reports_case TO safetycenter_desk"),
        ("desk", "GRANT INSERT ON reports_checkpoint TO safetycenter_desk"),
    ],
)
def test_each_right_too_many_is_wrong(node, statement):
    as_owner(statement)
    assert [(finding.level, "not all limits" in str(finding.advice)) for finding in found(node)] == [(FAULT, True)]


def test_role_of_another_node_is_wrong():
    assert {finding.level for finding in found("public", "safetycenter_desk")} == {FAULT}
