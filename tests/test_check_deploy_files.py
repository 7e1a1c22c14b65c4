"""``tools/check_deploy_files.py`` passes on what the programs say, and fails when one of them says something."""

import os
import shutil

import pytest
from django.conf import settings

from tools import check_deploy_files as check

UNIT = "[Service]\nExecStart=/opt/safetycenter/.venv/bin/python manage.py x\n"


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """``programs(name, script)``: a made-up program on PATH, as none of the real ones is needed for a test."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")

    def make(name: str, script: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)

    return make


def test_units_below_every_folder_are_read_under_their_installed_names(programs, tmp_path):
    programs("systemd-analyze", f'echo "$@" >> {tmp_path}/asked; cat "$4" "$3" >> {tmp_path}/read 2>&1; exit 0')
    deploy = tmp_path / "deploy"
    for place in (deploy, deploy / "test-machine"):
        place.mkdir()
        (place / "drill.service").write_text(UNIT)
    assert check.units(deploy) == []
    asked = (tmp_path / "asked").read_text()
    assert asked.count("/safetycenter-drill.service") == asked.count("--threshold=15") == 2
    assert "ExecStart=/bin/true manage.py x" in (tmp_path / "read").read_text()


def test_unit_that_is_too_open_or_not_understood_fails(programs, tmp_path):
    (tmp_path / "site.service").write_text(UNIT)
    programs(
        "systemd-analyze", 'if [ $1 = verify ]; then echo "Unknown key Foo" >&2; else echo "9.2 UNSAFE"; exit 1; fi'
    )
    assert check.units(tmp_path) == ["Unknown key Foo", f"{tmp_path}/site.service: 9.2 UNSAFE"]


def test_compose_gets_a_value_for_what_it_demands(programs):
    programs("docker-compose", '[ "$SITE_HOST" = x ] || { echo "SITE_HOST is missing" >&2; exit 15; }')
    assert check.compose(settings.BASE_DIR / "compose.yaml") == []


def test_compose_that_is_not_understood_fails(programs):
    programs("docker-compose", 'echo "services.db: unknown key" >&2; exit 15')
    assert check.compose(settings.BASE_DIR / "compose.yaml") == ["services.db: unknown key"]


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("1", 1)])
def test_missing_program_is_a_fault_in_ci_only(monkeypatch, tmp_path, capsys, ci, code):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(check, "HADOLINT", "nowhere")
    (tmp_path / "false").symlink_to(shutil.which("false", path="/bin:/usr/bin"))
    assert check.main() == code
    said = capsys.readouterr().out
    for file, program in check.PROGRAMS.items():
        assert f"{file}: not checked, because {program} is missing" in said


def test_dockerfile_that_hadolint_refuses_fails(programs, tmp_path):
    programs("hadolint", 'echo "Dockerfile:1 DL3007 warning"; exit 1')
    assert check.dockerfile(tmp_path / "Dockerfile") == ["Dockerfile:1 DL3007 warning"]
