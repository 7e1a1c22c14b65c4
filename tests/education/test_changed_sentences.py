"""Which sentences of a text count as changed."""

import pytest

from education.rendering.changed_sentences import as_text, changed, sentences


def pairs(old: str, new: str) -> list[tuple[str, str]]:
    """The changed sentences as plain words, without marks."""
    return [(as_text(before), as_text(now)) for before, now in changed(old, new, with_marks=False)]


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<p>Satu. Dua! Tiga?</p>", "<p>Satu. Lain! Tiga?</p>", [("Dua!", "Lain!")]),
        ("<p>Satu.</p><p>Dua.</p>", "<p>Dua.</p><p>Satu.</p>", []),
        ("<p>Satu.</p>", "<p>Satu. Dua.</p>", [("", "Dua.")]),
        ("<p>Satu. Dua.</p>", "<p>Satu.</p>", [("Dua.", "")]),
        ("<p>A. B.</p>", "<p>C. D. E.</p>", [("A. B.", "C. D. E.")]),
        ("<ol><li>Dua.</li></ol>", "<ol><li>Satu.</li><li>Dua.</li></ol>", [("", "Satu.")]),
        ("<p>Satu.</p>", "<ul><li>Satu.</li></ul>", []),
        ("<p>Satu.</p>", "<p><strong>Satu.</strong></p>", []),
        ("Satu\nDua", "Satu\nTiga", [("Dua", "Tiga")]),
        ("", "", []),
        (
            '<p><a href="/a/">Baca ini.</a> Dua.</p>',
            '<p><a href="/b/">Baca ini.</a> Dua.</p>',
            [("Baca ini. → /a/", "Baca ini. → /b/")],
        ),
    ],
)
def test_changed_sentences_are_found(old, new, found):
    assert pairs(old, new) == found


def test_bold_counts_where_marks_are_shown():
    assert len(changed("<p>Satu.</p>", "<p><strong>Satu.</strong></p>")) == 1


def test_list_has_its_sentences_without_numbers():
    found = sentences("<h2>Judul</h2><ol><li>Satu.</li><li>Dua.</li></ol>")
    assert [as_text(one) for one in found] == ["Judul", "Satu.", "Dua."]
