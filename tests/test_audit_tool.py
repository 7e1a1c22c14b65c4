"""tools/audit.py, with a made-up pip-audit: no answer, part of an answer and a weakness each fail."""

import json

import pytest

from tools import audit

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
WEAK = SOUND | {"vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.20"], "aliases": [], "description": ""}]}
UNKNOWN = {"name": "django", "skip_reason": "Dependency not found on PyPI and could not be audited: django (5.2.19)"}
OTHER = SOUND | {"version": "5.2.18"}


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """A function that audits one pinned package; pip-audit prints ``answer``. Returns exit code and output."""
    pinned = tmp_path / "pinned.txt"
    fake = tmp_path / "pip-audit"
    monkeypatch.setattr(audit, "PIP_AUDIT", fake)

    def check(answer: str, pins: str = "django==5.2.19", code: int = 0, error: str = "") -> tuple[int, str]:
        pinned.write_text(f"# a comment\n{pins} \\\n    --hash=sha256:{'0' * 64}\n    # via -r x.in\n" if pins else "")
        (tmp_path / "answer").write_text(answer)
        fake.write_text(f"#!/bin/sh\ncat {tmp_path}/answer\necho '{error}' >&2\nexit {code}\n")
        fake.chmod(0o755)
        return audit.main([str(pinned)]), capsys.readouterr().out.strip()

    return check


def report(*dependencies: dict) -> str:
    """What pip-audit prints."""
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_audit_passes_when_each_pin_was_audited(run):
    assert run(report(SOUND)) == (0, "audit: 1 packages, no known weakness")


@pytest.mark.parametrize("answers", [[], [UNKNOWN], [OTHER]])
def test_audit_fails_for_a_pin_that_was_not_audited(run, answers):
    assert run(report(*answers)) == (1, "django 5.2.19: not audited")


def test_audit_fails_when_nothing_is_pinned(run):
    assert run(report(), pins="") == (1, "nothing is pinned, so nothing was audited")


@pytest.mark.parametrize("answer", ["", "No known vulnerabilities found", "{}", "[]"])
def test_audit_fails_when_the_service_does_not_answer(run, answer):
    said = run(answer, code=1, error="Failed to resolve pypi.org")
    assert said == (1, "the advisory service gave no answer: Failed to resolve pypi.org")


def test_audit_names_a_weakness_and_its_remedy(run):
    assert run(report(WEAK), code=1) == (1, "django 5.2.19: PYSEC-1, fixed in 5.2.20")


def test_audit_leaves_out_pins_for_another_platform(run):
    assert run(report(), pins='colorama==0.4.6 ; sys_platform == "none"')[0] == 1
    assert run(report(SOUND), pins='django==5.2.19 ; python_full_version >= "3.11"')[0] == 0


def test_audit_reads_every_pin_of_this_project():
    names = {name for name, _version in audit.pins(["requirements-dev.txt", "requirements-tools.txt"])}
    assert {"django", "asgiref", "pytest", "pip-audit", "typing-extensions"} <= names
    assert "tzdata" not in names
