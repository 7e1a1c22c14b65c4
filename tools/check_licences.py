"""Check that ``licences.toml`` allows the licence of every installed package. Print one line for each other package.

The licence is read from the metadata of the package: its SPDX expression, else its classifiers, else its free text.
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

LIST = Path(__file__).with_name("licences.toml")
OPEN_SOURCE_ONLY = "License :: OSI Approved"  # a classifier that names no licence


@dataclass(frozen=True)
class Rules:
    """The contents of ``licences.toml``."""

    allowed: list[str]
    names: dict[str, str]
    reviewed: dict[str, dict[str, str]]

    def allow(self, expression: str) -> bool:
        """Return whether an SPDX expression is allowed. Parentheses and exceptions (WITH) need a review."""
        return any(all(part in self.allowed for part in choice.split(" AND ")) for choice in expression.split(" OR "))

    def accept(self, package: Distribution) -> bool:
        """Return whether ``package`` has an allowed licence, or one that somebody reviewed."""
        said = licences(package)
        if entry := self.reviewed.get(package.name.lower()):
            return entry["metadata"] == "; ".join(said)
        return bool(said) and all(self.allow(self.names.get(licence, licence)) for licence in said)


def main() -> int:
    """Check this environment. Return 0 when every licence is allowed."""
    rules = Rules(**tomllib.loads(LIST.read_text()))
    packages = list(distributions())
    faults = sorted(faults_of(packages, rules))
    print("\n".join(faults) or f"licences: {len(packages)} packages allowed")
    return bool(faults)


def faults_of(packages: Iterable[Distribution], rules: Rules) -> Iterator[str]:
    """Yield a sentence for each package that is not accepted, and for each reviewed package that is not installed."""
    packages = list(packages)
    if not packages:
        yield "no installed package was found"
    for package in packages:
        if not rules.accept(package):
            yield f"{package.name} {package.version}: {'; '.join(licences(package)) or 'names no licence'}"
    for name in rules.reviewed.keys() - {package.name.lower() for package in packages}:
        yield f"{name}: not installed, take its entry out of {LIST.name}"


def licences(package: Distribution) -> list[str]:
    """Return the licences that the metadata of ``package`` names, all of which apply."""
    if expression := package.metadata.get("License-Expression"):
        return [expression]
    classifiers = [text for text in package.metadata.get_all("Classifier", []) if text.startswith("License ::")]
    if named := [text.rsplit(" :: ", 1)[1] for text in classifiers if text != OPEN_SOURCE_ONLY]:
        return named
    return package.metadata.get("License", "").strip().splitlines()[:1]


if __name__ == "__main__":
    sys.exit(main())
