"""An agency checks a package with the published key and ``tools/verify_referral.py``, without this project."""

import io
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from django.core.management import call_command

from reports.referral import package
from tests.reports.referral.conftest import prepare

pytestmark = pytest.mark.django_db
SCRIPT = settings.BASE_DIR / "tools" / "verify_referral.py"


@pytest.fixture
def content(held, moderator, agency) -> bytes:
    """The package of a case."""
    return prepare(held, moderator, agency).package()


def published_key() -> str:
    call_command("referral_key", stdout=(out := io.StringIO()), stderr=io.StringIO())
    return out.getvalue().strip()


def check(content: bytes, folder, key: str) -> subprocess.CompletedProcess:
    """Run the script on the package, in another folder and without the paths of this process."""
    (folder / "package.zip").write_bytes(content)
    command = [sys.executable, str(SCRIPT), "package.zip", "--key", key]
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


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", [package.REPORT, package.MANIFEST, "more.txt"])
def test_agency_notices_a_changed_package(content, tmp_path, name):
    report = package.part(content, package.REPORT).replace(b"jahat", b"baik.")
    assert check(changed(content, name, report), tmp_path, published_key()).stdout.startswith("WRONG")


def test_script_imports_nothing_of_the_project():
    assert not {"reports", "safetycenter", "django"} & {
        line.split()[1].partition(".")[0]
        for line in SCRIPT.read_text().splitlines()
        if line.startswith(("import", "from"))
    }
