"""Check the catalogues against the term list: one word for one thing, in English and in Indonesian."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import polib

FILE = Path(__file__).with_name("terms.toml")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")


@dataclass(frozen=True)
class Term:
    """A row of the term list. ``english`` is None where only words to avoid are listed."""

    name: str
    english: re.Pattern | None
    indonesian: tuple[str, ...]
    avoid: dict[str, re.Pattern]
    files: tuple[str, ...]
    exceptions: tuple[str, ...]

    def covers(self, entry: polib.POEntry) -> bool:
        """Return whether the term applies to a source file of ``entry``."""
        return entry.msgid not in self.exceptions and any(
            fnmatch(file, pattern) for file, _line in entry.occurrences for pattern in self.files
        )

    def faults(self, language: str, entry: polib.POEntry) -> Iterator[str]:
        """Yield the faults of ``entry``: a word to avoid, or an Indonesian word that is not an allowed one."""
        source = _joined(entry.msgid, entry.msgid_plural)
        translation = _joined(entry.msgstr, *entry.msgstr_plural.values())
        for code, text in ("en", source), (language, translation):
            if code in self.avoid and (found := self.avoid[code].search(text)):
                yield f"has “{found[0]}”, write “{self.write_instead(code)}”"
        needs_term = language == "id" and self.indonesian and self.english and self.english.search(source)
        if needs_term and not any(word in translation.lower() for word in self.indonesian):
            yield f"“{self.name}” is “{self.write_instead('id')}” in Indonesian"

    def write_instead(self, language: str) -> str:
        """Return the words of the term in ``language``, for the message."""
        return " / ".join(self.indonesian) if language == "id" and self.indonesian else self.name


def load(path: Path = FILE) -> list[Term]:
    """Return the terms of the list at ``path``. Raise KeyError for a term whose ``where`` names no group of files."""
    listed = tomllib.loads(path.read_text())
    return [_term(row, listed["where"]) for row in listed["term"]]


def _term(row: dict, scopes: dict[str, list[str]]) -> Term:
    return Term(
        name=row["en"],
        english=None if row.get("only_avoid") else _words([row["en"]]),
        indonesian=tuple(row.get("id", ())),
        avoid={code: _words(row[f"avoid_{code}"]) for code in ("en", "id") if f"avoid_{code}" in row},
        files=tuple(scopes[row["where"]]),
        exceptions=tuple(row.get("except", ())),
    )


def _words(words: list[str]) -> re.Pattern:
    """Match any of ``words`` as a whole word, whatever its case."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def _joined(*texts: str) -> str:
    return PLACEHOLDER.sub("", " ".join(texts))


def faults(terms: Iterable[Term], language: str, entries: Iterable[polib.POEntry]) -> Iterator[str]:
    """Yield a line with file and text for each fault of the catalogue ``entries``, which must know their files."""
    for entry in entries:
        for term in terms:
            if term.covers(entry):
                for fault in term.faults(language, entry):
                    yield f"{entry.occurrences[0][0]}: {language}: {entry.msgid!r} {fault} (tools/terms.toml)"


def outdated(terms: Iterable[Term], entries: Iterable[polib.POEntry]) -> Iterator[str]:
    """Yield patterns that match no file, and exceptions whose text is no longer in the catalogue."""
    entries, terms = list(entries), list(terms)
    files = {file for entry in entries for file, _line in entry.occurrences}
    patterns = {pattern for term in terms for pattern in term.files}
    texts = {entry.msgid for entry in entries}
    for pattern in sorted(patterns):
        if not any(fnmatch(file, pattern) for file in files):
            yield f"tools/terms.toml: no file with texts matches {pattern!r}"
    for text in sorted({text for term in terms for text in term.exceptions} - texts):
        yield f"tools/terms.toml: exception for a text that does not exist: {text!r}"
