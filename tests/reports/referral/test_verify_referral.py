"""An agency checks a package with the published key and ``tools/verify_referral.py``, without this project."""

import io
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from reports.referral import package
from tests.reports.referral.conftest import prepare

pytestmark = pytest.mark.django_db
SCRIPT = settings.BASE_DIR / "tools" / "verify_referral.py"
MEMORY = 300 * 2**20  # bytes


@pytest.fixture
def content(held, moderator, agency) -> bytes:
    """The package of a case."""
    return prepare(held, moderator, agency).package()


def published_key() -> str:
    call_command("referral_key", stdout=(out := io.StringIO()), stderr=io.StringIO())
    return out.getvalue().strip()


def check(content: bytes, folder, *keys: str) -> subprocess.CompletedProcess:
    """Run the script on the package, in another folder and without the paths of this process."""
    (folder / "package.zip").write_bytes(content)
    command = [sys.executable, str(SCRIPT), "package.zip", *(f"--key={key}" for key in keys)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={})


def changed(content: bytes, name: str, value: bytes) -> bytes:
    """The same package with another content of one file."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        files = {item: old.read(item) for item in old.namelist()} | {name: value}
    with zipfile.ZipFile(target := io.BytesIO(), "w") as new:
        for item, data in files.items():
            new.writestr(item, data)
    return target.getvalue()


def test_agency_verifies_a_package(content, tmp_path):
    result = check(content, tmp_path, published_key())
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.startswith("right: package")


def test_package_stays_verifiable_after_the_key_was_replaced(content, tmp_path, settings, session_keys):
    settings.KEYS_DIR = shutil.copytree(session_keys, tmp_path / "keys")
    old = published_key()
    call_command("make_keys", replace_referral_key=True, stdout=io.StringIO())
    new, kept = published_key().split()
    assert kept == old
    assert check(content, tmp_path, new).returncode == 1
    assert check(content, tmp_path, new, kept).returncode == 0


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", [package.REPORT, package.MANIFEST, "more.txt"])
def test_agency_notices_a_changed_package(content, tmp_path, name):
    report = package.part(content, package.REPORT).replace(b"jahat", b"baik.")
    assert check(changed(content, name, report), tmp_path, published_key()).stdout.startswith("WRONG")


def test_package_of_a_stranger_is_not_unpacked(content, tmp_path):
    with zipfile.ZipFile(tmp_path / "package.zip", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr(package.MANIFEST, "{}")
        bomb.writestr(package.SIGNATURE, "x")
        bomb.writestr(package.REPORT, bytes(MEMORY))
    limited = (
        f"import resource as r; r.setrlimit(r.RLIMIT_AS, ({MEMORY}, {MEMORY})); exec(open({str(SCRIPT)!r}).read())"
    )
    command = [sys.executable, "-c", limited, "package.zip", f"--key={published_key()}"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={})
    assert result.stdout == "WRONG: the manifest was not signed with this key\n", result.stderr[-300:]


def test_published_page_has_the_key_that_verifies_a_package(content, tmp_path, client):
    page = client.get(reverse("reports:check_receipt")).text
    key = re.search(r'id="packages".*?<pre class="key" translate="no">(\S+)</pre>', page, re.DOTALL)[1]
    assert key == published_key()
    assert check(content, tmp_path, key).returncode == 0


def test_script_imports_nothing_of_the_project():
    assert not {"reports", "safetycenter", "django"} & {
        line.split()[1].partition(".")[0]
        for line in SCRIPT.read_text().splitlines()
        if line.startswith(("import", "from"))
    }
