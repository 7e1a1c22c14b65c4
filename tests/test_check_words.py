"""tools/check_words.py: which prose it reads, and what it reports."""

import pytest

from tools import check_words

AVOID = """
[[prose]]
avoid = ["who(?:m)?ever"]
write = "the person who"
"""


@pytest.fixture
def faults(tmp_path):
    """``faults("page.md", text)``: the lines about a file with this text."""
    (tmp_path / "terms.toml").write_text(AVOID)

    def check(name, text):
        (tmp_path / name).write_text(text)
        return list(check_words.faults(tmp_path / name, check_words.load(tmp_path / "terms.toml")))

    return check


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "Whoever reads this."),
        ("module.py", '"""For whomever reads this."""'),
        ("module.py", "def f():\n    '''For whoever.'''"),
        ("module.py", "x = 1  # whoever reads this"),
        ("page.html", "{# whoever looks #}"),
        ("page.html", "{% comment %}\nFor whoever looks.\n{% endcomment %}"),
        ("look.css", "a {} /* First line.\n   whoever looks */"),
        ("page.js", "go(); // whoever presses"),
        ("nginx.conf", "listen 80; # whoever asks"),
    ],
)
def test_avoided_word_is_reported_in_prose(faults, name, text):
    (line,) = faults(name, text)
    assert "write “the person who”" in line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.md", "See `whoever.py`."),
        ("module.py", 'whoever = "whoever"'),
        ("page.html", "<p>whoever</p>"),
        ("page.js", 'fetch("https://whoever.example/");'),
    ],
)
def test_names_and_texts_are_not_prose(faults, name, text):
    assert faults(name, text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [("module.py", '"""First.\n\nFor whoever reads.\n"""'), ("a.css", "b {}\n/* First.\n   Whoever */")],
)
def test_line_number_is_that_of_the_word(faults, name, text):
    (line,) = faults(name, text)
    assert f"{name}:3:" in line
