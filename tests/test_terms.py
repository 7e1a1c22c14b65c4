"""The check of the term list: which texts it reports, in which language, and where."""

import polib
import pytest

from tools import terms

LIST = """
[where]
staff = ["reports/triage/*"]
[[term]]
en = "legal hold"
id = ["kewajiban simpan"]
avoid_en = ["kept by law", "hold_until"]
avoid_id = ["kewajiban hukum"]
where = "staff"
except = ["A book kept by law"]
"""


@pytest.fixture
def faults(tmp_path):
    """``faults(english, translation)``: the lines for a text of the page at ``file``."""
    (tmp_path / "terms.toml").write_text(LIST)

    def check(english, translation="", language="id", file="reports/triage/flags.py"):
        entry = polib.POEntry(msgid=english, msgstr=translation, occurrences=[(file, "")])
        return list(terms.faults(terms.load(tmp_path / "terms.toml"), language, [entry]))

    return check


def test_avoided_english_word_is_reported_with_its_file(faults):
    (line,) = faults("Kept by law.", "Kewajiban simpan.")
    assert line.startswith("reports/triage/flags.py: id: 'Kept by law.'")
    assert "write “legal hold”" in line


@pytest.mark.parametrize("translation", ["Kewajiban hukum", "Kewajiban simpan, kewajiban hukum"])
def test_avoided_indonesian_word_is_reported(faults, translation):
    assert any("write “kewajiban simpan”" in line for line in faults("Legal hold", translation))


def test_english_catalogue_may_not_say_the_avoided_word(faults):
    assert faults("Held", "Kept by law", language="en")


def test_term_needs_an_allowed_translation(faults):
    (line,) = faults("Lift the legal hold", "Lepaskan kasus ini")
    assert "“legal hold” is “kewajiban simpan” in Indonesian" in line


def test_plural_translation_is_checked(faults):
    entry = polib.POEntry(msgid="Held", msgid_plural="Kept by law", msgstr_plural={0: "x"}, occurrences=[("a", "")])
    listed = [terms._term({"en": "hold", "avoid_en": ["kept by law"], "where": "all"}, {"all": ["*"]})]
    assert list(terms.faults(listed, "id", [entry]))


@pytest.mark.parametrize(
    ("english", "file"),
    [
        ("Kept by law", "reports/intake/forms.py"),
        ("A book kept by law", "reports/triage/flags.py"),
        ("Waits until %(hold_until)s", "reports/triage/flags.py"),
        ("Unkept by lawyers", "reports/triage/flags.py"),
    ],
    ids=["other-file", "exception", "placeholder", "part-of-a-word"],
)
def test_other_uses_of_the_word_are_allowed(faults, english, file):
    assert faults(english, "Lain", file=file) == []


def test_outdated_patterns_and_exceptions_are_reported(tmp_path):
    (tmp_path / "terms.toml").write_text(LIST)
    listed = terms.load(tmp_path / "terms.toml")
    lines = list(terms.outdated(listed, [polib.POEntry(msgid="x", occurrences=[("education/apps.py", "")])]))
    assert ["reports/triage/*" in lines[0], "A book kept by law" in lines[1]] == [True, True]


def test_unknown_group_of_files_is_refused(tmp_path):
    (tmp_path / "terms.toml").write_text(LIST.replace('where = "staff"', 'where = "nowhere"'))
    with pytest.raises(KeyError):
        terms.load(tmp_path / "terms.toml")


def test_every_term_of_this_project_has_a_word_to_check():
    listed = terms.load()
    assert len({term.name for term in listed}) == len(listed)
    assert all(term.avoid or (term.english and term.indonesian) for term in listed)
    assert all(word == word.lower() for term in listed for word in term.indonesian)
