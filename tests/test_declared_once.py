"""``tools.check_declared_once``: what is declared once is not written again elsewhere."""

from pathlib import Path

import pytest

from tools.check_declared_once import check


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("reports/x.py", 'IF = answers.get("category") == "sextortion"\n'),
        ("reports/x.py", 'slug = answers.get("category", "unsure")\n'),
        ("education/x.py", "TOPICS = {'csam'}\n"),
        ("templates/x.html", "{% if category == 'scam' %}x{% endif %}\n"),
        ("static/js/x.js", 'if (category === "doxxing") x();\n'),
    ],
)
def test_category_key_is_found(tmp_path: Path, name, text):
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    assert [sentence.split(": ")[0] for sentence in check(tmp_path)] == [f"{name}:1"]


def test_other_answers_are_not_taken_for_a_category(tmp_path: Path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "x.py").write_text('fits = answers.get("own_image") == "unsure"\n')
    assert check(tmp_path) == []
