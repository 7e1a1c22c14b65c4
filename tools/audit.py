"""Ask an advisory service about every pinned package: ``audit.py FILE…`` with requirement files, run by ``make audit``.

pip-audit also succeeds when the service knew none of the packages. This tool compares its answers with the pins. It
fails when a pin was not audited, when nothing was pinned, when the service did not answer, or when a weakness is known.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIP_AUDIT = Path(sys.executable).with_name("pip-audit")
PIN = re.compile(r"^([\w.-]+==[^\s;\\]+ *(?:;[^\\\n]+)?)\\?$", re.MULTILINE)


class AuditError(Exception):
    """The advisory service gave no usable answer."""


def main(files: list[str]) -> int:
    """Audit the pins of ``files``. Return 0 when each was audited and has no known weakness."""
    pinned = set(pins(files))
    try:
        faults = list(faults_of(pinned, ask(files))) if pinned else ["nothing is pinned, so nothing was audited"]
    except AuditError as error:
        faults = [f"the advisory service gave no answer: {error}"]
    print("\n".join(faults) or f"audit: {len(pinned)} packages, no known weakness")
    return bool(faults)


def pins(files: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and version of each package that ``files`` pin for this platform and Python."""
    for file in files:
        for line in PIN.findall(Path(file).read_text()):
            requirement = Requirement(line.strip())
            if not requirement.marker or requirement.marker.evaluate():
                yield canonicalize_name(requirement.name), str(requirement.specifier).removeprefix("==")


def ask(files: Iterable[str]) -> list[dict]:
    """Return what pip-audit reports for each dependency. Raise AuditError when it reports nothing.

    The service is PyPI, not OSV: OSV answers alike for a package without weaknesses and for one that it does not know.
    """
    listed = [word for file in files for word in ("--requirement", file)]
    options = [
        "--require-hashes",
        "--disable-pip",
        "--format=json",
        "--progress-spinner=off",
        "--vulnerability-service=pypi",
    ]
    with tempfile.TemporaryDirectory() as cache:  # a cached answer may be older than today's advisories
        command = [PIP_AUDIT, *options, "--cache-dir", cache, *listed]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        return json.loads(result.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError) as error:
        raise AuditError(result.stderr.strip().rpartition("\n")[2] or "it printed nothing") from error


def faults_of(pinned: set[tuple[str, str]], answers: list[dict]) -> Iterator[str]:
    """Yield a sentence for each pin without an answer and for each known weakness."""
    audited = {(canonicalize_name(one["name"]), one["version"]): one["vulns"] for one in answers if "vulns" in one}
    yield from (f"{name} {version}: not audited" for name, version in sorted(pinned - audited.keys()))
    for (name, version), weaknesses in sorted(audited.items()):
        for weakness in weaknesses:
            fixed = ", ".join(weakness["fix_versions"]) or "no version yet"
            yield f"{name} {version}: {weakness['id']}, fixed in {fixed}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
