"""tools/need.sh looks for programs that pip cannot install; if it cannot install one, it says what to do."""

import os
import shutil
import subprocess

import pytest


@pytest.fixture
def bare_machine(tmp_path):
    """A PATH with nothing but what the script itself uses, for somebody who is no administrator."""
    for name in ("bash", "dirname"):
        (tmp_path / name).symlink_to(shutil.which(name))
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    return {**os.environ, "PATH": str(tmp_path)}


def need(name: str, environment: dict) -> subprocess.CompletedProcess:
    bash = shutil.which("bash")
    return subprocess.run([bash, "tools/need.sh", name], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nginx", "nginx-light"),
        ("gettext", "gettext"),
        ("compose", "docker-compose"),
        ("systemd", "systemd"),
        ("faketime", "faketime"),
        ("pgbouncer", "pgbouncer"),
    ],
)
def test_what_is_missing_is_said_with_the_way_to_get_it(bare_machine, name, said):
    answer = need(name, bare_machine)
    assert answer.returncode == 1
    assert f"apt-get install {said}" in answer.stderr


def test_what_is_there_is_not_installed_again(bare_machine, tmp_path):
    (tmp_path / "nginx").symlink_to(shutil.which("bash"))
    answer = need("nginx", bare_machine)
    assert (answer.returncode, answer.stdout) == (0, "")
