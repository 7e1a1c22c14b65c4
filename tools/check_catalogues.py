"""Check that the catalogues are complete, compiled and current, and follow the term list. Print one line a fault."""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
os.environ.setdefault("DEBUG", "1")

from django.conf import settings  # noqa: E402

from tools import terms  # noqa: E402

APPS = ("safetycenter", "education", "reports")
SOURCE_FOLDERS = (*APPS, "templates", "locale")
GETTEXT = {"_", "gettext", "pgettext", "ngettext", "npgettext"}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
SOURCE = "en"  # the language of the msgids
MAKEMESSAGES = [
    "makemessages",
    *(word for language in LANGUAGES for word in ("-l", language)),
    "--add-location=file",  # the term list is checked by source file
    "--no-obsolete",
]


def main() -> int:
    """Run all checks. Return 0 when there is nothing to correct."""
    faults = [fault for language in LANGUAGES for fault in faults_of(language)]
    with tempfile.TemporaryDirectory() as folder:
        collected = collect(Path(folder))
        faults += [*differences(collected), *term_faults(collected), *unreadable()]
    print("\n".join(faults) or "catalogues: complete")
    return bool(faults)


def faults_of(language: str) -> Iterator[str]:
    """Yield the faults of one catalogue. English is the source language, so its catalogue may leave a text empty."""
    path = catalogue(ROOT, language)
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    for entry in entries:
        if entry.fuzzy:
            yield f"{language}: fuzzy: {entry.msgid!r}"
        elif language != SOURCE and not entry.translated():
            yield f"{language}: not translated: {entry.msgid!r}"
    if compiled(path.with_suffix(".mo")) != {key(entry): value(entry) for entry in entries if entry.translated()}:
        yield f"{language}: the .mo file is not the compiled .po file: make messages"
    yield from format_faults(path)


def format_faults(path: Path) -> list[str]:
    """Return the placeholders that differ between a text and its translation, as found by gettext's compiler."""
    result = subprocess.run(["msgfmt", "--check", "-o", os.devnull, path], capture_output=True, text=True, check=False)
    return result.stderr.splitlines() if result.returncode else []


def differences(collected: Path) -> Iterator[str]:
    """Yield texts of the code that a catalogue lacks, and texts of a catalogue that are no longer in the code."""
    for language in LANGUAGES:
        ours, theirs = keys(catalogue(ROOT, language)), keys(catalogue(collected, language))
        yield from (f"{language}: missing in the catalogue: {text!r}" for text in sorted(theirs - ours))
        yield from (f"{language}: no longer in the code: {text!r}" for text in sorted(ours - theirs))


def term_faults(collected: Path) -> Iterator[str]:
    """Yield texts that do not follow the term list, by the source files that the catalogues of ``collected`` name."""
    listed = terms.load()
    for language in LANGUAGES:
        yield from terms.faults(listed, language, polib.pofile(str(catalogue(collected, language))))
    yield from terms.outdated(listed, polib.pofile(str(catalogue(collected, "id"))))


def unreadable() -> Iterator[str]:
    """Yield calls of gettext whose argument is not a literal, so that no catalogue can contain the text."""
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if is_gettext(node) and not isinstance(node.args[0], ast.Constant):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: gettext of a text that is not written there"


def is_gettext(node: ast.AST) -> bool:
    """Return whether ``node`` is a call of gettext or one of its variants."""
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.removesuffix("_lazy") in GETTEXT
    )


def collect(folder: Path) -> Path:
    """Run makemessages on a copy, so that the check changes nothing. Return the folder of the copy."""
    for name in SOURCE_FOLDERS:
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "manage.py", folder)
    environment = {**os.environ, "DEBUG": "1", "VAR_DIR": str(folder / "var")}
    subprocess.run(
        [sys.executable, "manage.py", *MAKEMESSAGES], cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL
    )
    return folder


def catalogue(root: Path, language: str) -> Path:
    """Return the path of the catalogue of a language."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def keys(path: Path) -> set[tuple[str, str]]:
    """Return context and text of every entry in use."""
    return {key(entry) for entry in polib.pofile(str(path)) if not entry.obsolete}


def compiled(path: Path) -> dict:
    """Return the entries of a compiled catalogue."""
    return {key(entry): value(entry) for entry in polib.mofile(str(path))} if path.exists() else {}


def key(entry) -> tuple[str, str]:
    """Return what identifies an entry."""
    return (entry.msgctxt or "", entry.msgid)


def value(entry) -> tuple[str, ...]:
    """Return the translation of an entry."""
    return tuple(entry.msgstr_plural.values()) or (entry.msgstr,)


if __name__ == "__main__":
    sys.exit(main())
