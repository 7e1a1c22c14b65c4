"""Import contracts, lengths of files, helpers of tests, and who may open each URL."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

from education.models import HelplineRole
from education.starter import files
from tests.urls import (
    ALL_URLS,
    MACHINES,
    READERS,
    REDIRECTS,
    REPORTERS,
    SEARCH,
    STAFF_URLS,
    TAPS,
    WITHOUT_TOKEN,
    all_urls,
    is_refused,
)

APPS = ("safetycenter", "education", "reports")
LONGEST_FILE = 400  # lines; settings are one file on purpose


def test_import_contracts_hold():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_url_declares_who_may_open_it(language):
    with translation.override(language):
        names = {url.name for url in all_urls() if not url.is_for_staff}
    assert names == MACHINES | READERS | SEARCH | TAPS | REDIRECTS | REPORTERS


def test_only_the_named_urls_take_no_token():
    assert {url.name for url in ALL_URLS if getattr(url.view, "csrf_exempt", False)} == WITHOUT_TOKEN


def test_every_reader_page_is_cached():
    unmarked = {url.name for url in ALL_URLS if not getattr(url.view, "is_cached_page", False)}
    assert not READERS & unmarked


def test_no_other_page_is_cached():
    marked = {url.name for url in ALL_URLS if getattr(url.view, "is_cached_page", False)}
    assert marked <= READERS | MACHINES


@pytest.mark.sampled(2)
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_staff_pages_refuse_visitors_without_an_account(client, method):
    opened = {url.path for url in STAFF_URLS if opens(getattr(client, method), url.path)}
    assert opened == set()


@pytest.mark.django_db
def test_staff_pages_refuse_an_account_that_is_not_staff(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("guest"))
    opened = {url.path for url in STAFF_URLS if opens(client.get, url.path)}
    assert opened == set()


def opens(request, path: str) -> bool:
    """Return whether ``request(path)``, or where it redirects to, shows something; the page to sign in is not asked."""
    return not is_refused(request(path)) and not is_refused(request(path, follow=True))


def test_a_public_node_has_no_staff_urls():
    names = {url.name for url in all_urls(get_resolver("safetycenter.urls.public"))}
    assert not any(name.startswith(("admin:", "account_", "mfa_")) for name in names)
    assert names >= READERS | REPORTERS


def test_no_module_is_longer_than_the_limit():
    files = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in path.parts]
    lengths = {path: len(path.read_text().splitlines()) for path in files if path.name != "settings.py"}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_code_or_template_names_a_helpline():
    slugs = "|".join(re.escape(item["slug"]) for item in files.items("helplines"))
    named = re.compile(rf"(?<![\w./-])(?:{slugs})(?![\w./-])")
    folders = (*APPS, "templates", "static/js", "tools")
    paths = [path for folder in folders for path in (settings.BASE_DIR / folder).rglob("*.*")]
    content_rules = settings.BASE_DIR / "tools" / "check_content"  # they read the shipped files, which have slugs
    sources = [path for path in paths if path.suffix in {".py", ".html", ".js"} and content_rules not in path.parents]
    found = {str(path): names for path in sources if (names := named.findall(path.read_text()))}
    assert len(sources) > 500
    assert found == {}


def test_every_role_in_a_template_is_a_role():
    tag = re.compile(r"\{% (?:helplines_short|numbers|helpline_in_words) \"([^\"]+)\"")
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    named = {role for path in templates for roles in tag.findall(path.read_text()) for role in roles.split()}
    assert len(named) > 10
    assert named <= set(HelplineRole.Role.values)


def test_nothing_is_imported_from_a_test_module():
    files = list((settings.BASE_DIR / "tests").rglob("*.py"))
    assert {str(path): names for path in files if (names := imported_test_modules(path.read_text()))} == {}


def imported_test_modules(source: str) -> list[str]:
    """The dotted names in the imports of ``source`` that have a part that begins with ``test_``."""
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [f"{getattr(node, 'module', '') or ''}.{alias.name}" for node in imports for alias in node.names]
    return [name for name in names if any(part.startswith("test_") for part in name.split("."))]
