"""Check the systemd units, ``compose.yaml`` and the ``Dockerfile`` with the programs that read such files.

``systemd-analyze`` says whether the units mean something and how far each is closed, ``docker-compose`` whether it
understands ``compose.yaml``, hadolint what is unwise in the ``Dockerfile``. None of them starts anything. A program
that is missing is a fault with ``CI`` in the environment (``.ci/run``); elsewhere a line says what was not checked.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_EXPOSED = 15  # tenths: `systemd-analyze security` gives 1.5 of 10 to a service that needs a network and its files
PROGRAM = re.compile(r"^(Exec\w+=)/opt/safetycenter/\S+", re.MULTILINE)  # not on this machine: verify asks for it
HADOLINT = "var/tools/bin/hadolint"
PROGRAMS = {"units": "systemd-analyze", "compose.yaml": "docker-compose", "Dockerfile": "hadolint"}


def main() -> int:
    """Print what is wrong; return 1 if something is."""
    missing = {file: program for file, program in PROGRAMS.items() if not is_there(file)}
    not_checked = [f"{file}: not checked, because {program} is missing" for file, program in missing.items()]
    asked: dict[str, Callable[[], list[str]]] = {
        "units": lambda: units(ROOT / "deploy"),
        "compose.yaml": lambda: compose(ROOT / "compose.yaml"),
        "Dockerfile": lambda: dockerfile(ROOT / "Dockerfile"),
    }
    faults = [fault for file, found in asked.items() if file not in missing for fault in found()]
    understood = ", ".join(file for file in asked if file not in missing) if not faults else ""
    print("\n".join([*not_checked, *faults, *([f"deploy: understood: {understood}"] if understood else [])]))
    return bool(faults or (missing and os.environ.get("CI")))


def is_there(file: str) -> bool:
    """Return whether the program that reads ``file`` is on this machine."""
    if shutil.which(PROGRAMS[file]) or (file == "Dockerfile" and (ROOT / HADOLINT).exists()):
        return True
    plugin = ["docker", "compose", "version"] if file == "compose.yaml" and shutil.which("docker") else ["false"]
    return not subprocess.run(plugin, capture_output=True, check=False).returncode


def units(deploy: Path) -> list[str]:
    """Return what systemd says against the units below ``deploy``: what it does not know, and what is too open."""
    faults = []
    for folder in sorted({unit.parent for unit in deploy.rglob("*.service")}):
        with tempfile.TemporaryDirectory() as copies:
            for unit in [*folder.glob("*.service"), *folder.glob("*.timer")]:
                text = PROGRAM.sub(r"\1/bin/true", unit.read_text())
                Path(copies, f"safetycenter-{unit.name}").write_text(text)  # the names under which they are installed
            names = sorted(str(path) for path in Path(copies).iterdir())
            faults += _said("systemd-analyze", "verify", "--man=no", *names)
        for service in sorted(folder.glob("*.service")):
            rule = ("security", "--offline=yes", "--no-pager", f"--threshold={MOST_EXPOSED}", str(service))
            faults += [f"{service}: {line}" for line in _said("systemd-analyze", *rule)[-1:]]
    return faults


def compose(file: Path) -> list[str]:
    """Return what Compose does not understand in ``file``, with a value for each variable that it demands."""
    demanded = re.findall(r"\$\{(\w+):\?", file.read_text())
    program = ("docker-compose",) if shutil.which("docker-compose") else ("docker", "compose")
    rule = ("--file", str(file), "--profile", "*", "config", "--quiet")
    return _said(*program, *rule, env=os.environ | dict.fromkeys(demanded, "x"))


def dockerfile(file: Path) -> list[str]:
    """Return what hadolint has against ``file``."""
    return _said(shutil.which("hadolint") or str(ROOT / HADOLINT), str(file))


def _said(*command: str, env: dict[str, str] | None = None) -> list[str]:
    """Return the lines that ``command`` writes when it fails, at least one; none when it succeeds in silence.

    ``systemd-analyze verify`` succeeds although it warns of a word that it does not know, so warnings count too.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    warned = done.stderr.splitlines()
    if done.returncode:
        return [*warned, *done.stdout.splitlines()] or [f"{command[0]} ended with {done.returncode}"]
    return warned


if __name__ == "__main__":
    sys.exit(main())
