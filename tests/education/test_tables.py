"""Tables of the content: what an export holds, what an import may change, and what it says about bad files."""

import csv
import io
import re
from time import time

import pytest
from django.urls import reverse

from education.admin.tables import markup
from education.admin.tables.kinds import KINDS
from education.models import Guide, Helpline, Lesson, News, Page, Quiz, Revision, State, Status, Synonym, Term
from education.publishing import workflow
from safetycenter import csv_cells
from safetycenter.accounts import proof
from safetycenter.transitions import NotAllowed

from . import factory
from .payloads import PAYLOADS, TYPED, dangers
from .table_files import address, offer, table

pytestmark = pytest.mark.django_db
NAMES = [model._meta.model_name for model in KINDS]


def exported(browser, name: str) -> list[dict]:
    """The rows of the file, as a spreadsheet reads them."""
    return list(csv.DictReader(io.StringIO(browser.get(address(name, "export")).content.decode("utf-8-sig"))))


def confirm(browser, name: str, page, **answers):
    package = re.search(r'name="package" value="([^"]+)"', page.text)
    assert package, page.text
    return browser.post(address(name, "import"), {"package": package[1]} | answers, follow=True)


def imported(browser, name: str, *rows: dict, **answers):
    return confirm(browser, name, offer(browser, name, table(*rows), **answers))


@pytest.fixture
def term():
    """A published word."""
    texts = {"term_ind": "Grooming", "term_en": "Grooming", "definition_ind": "Arti lama.", "definition_en": "Old one."}
    return Term.objects.create(key="grooming", state=State.PUBLISHED, **texts)


def test_export_asks_for_a_proof_first(signed_in, term, monkeypatch):
    editor, file = signed_in("editor"), address("term", "export")
    assert editor.get(file).headers["Content-Type"].startswith("text/csv")
    monkeypatch.setattr(proof, "time", lambda: time() + 15 * 60)
    assert editor.get(file)["Location"].startswith(reverse("account_reauthenticate"))


def test_exported_tables_import_without_a_change(signed_in, starter):
    browser = signed_in("publisher")
    for name in NAMES:
        page = offer(browser, name, browser.get(address(name, "export")).content)
        outcome = page.context["outcome"]
        assert (name, outcome.refused, outcome.changed) == (name, [], [])
        assert outcome.unchanged > 2
        assert 'name="package"' not in page.text


def test_import_is_shown_first_and_becomes_a_draft_change(signed_in, term, visit):
    browser = signed_in("editor")
    page = offer(browser, "term", table({"key": "grooming", "definition_id": "Arti baru."}))
    assert "Arti <del>" in page.text
    assert not Revision.objects.exists()
    confirm(browser, "term", page)
    term.refresh_from_db()
    assert term.definition_ind == "Arti lama."
    proposal = Revision.objects.waiting_proposal(term)
    assert (proposal.data["definition_ind"], proposal.data["definition_en"]) == ("Arti baru.", "Old one.")
    assert (proposal.author.username, proposal.note) == ("editor", "Dari tabel")


def test_import_starts_from_the_open_draft_change(signed_in, person, term):
    draft = workflow.pending_or_live(term) | {"definition_en": "Draft."}
    workflow.save_proposal(term, person("author", "penulis"), draft)
    browser = signed_in("editor")
    assert exported(browser, "term")[0]["definition_en"] == "Draft."
    imported(browser, "term", {"key": "grooming", "definition_id": "Baru."})
    assert Revision.objects.waiting_proposal(term).data["definition_en"] == "Draft."


@pytest.mark.safety("K3")
def test_imported_number_waits_for_a_second_person(signed_in, django_user_model):
    line = factory.helpline("sapa", "129", verified_on="2026-11-01")
    browser = signed_in("publisher")
    publisher = django_user_model.objects.get(username="publisher")
    row = exported(browser, "helpline")[0]
    imported(browser, "helpline", {"slug": "sapa", "channels": row["channels"].replace("129", "+62 811 129 129")})
    line.refresh_from_db()
    data = Revision.objects.waiting_proposal(line).data
    assert [channel.value for channel in line.channels.all()] == ["129"]
    assert ([row["value"] for row in data["channels"]], data["verified_on"]) == (["+62 811 129 129"], None)
    assert data["status"] == "unverified"
    with pytest.raises(NotAllowed):
        workflow.perform(line, "publish", publisher, note="x")


def test_only_a_publisher_imports_an_emergency_number(signed_in):
    factory.helpline("110", "110", emergency=True)
    rows = {"slug": "110", "name_en": "Police"}
    assert offer(signed_in("editor"), "helpline", table(rows)).context["outcome"].refused
    assert offer(signed_in("publisher"), "helpline", table(rows)).context["outcome"].changed


def test_translator_imports_the_translation_only(signed_in, term):
    browser = signed_in("translator")
    page = offer(browser, "term", table({"key": "grooming", "definition_id": "Arti lain."}))
    assert page.context["outcome"].refused
    assert 'name="package"' not in page.text
    imported(browser, "term", {"key": "grooming", "definition_en": "New one."})
    assert Revision.objects.waiting_proposal(term).data["definition_en"] == "New one."


def test_import_needs_the_right_to_change_such_items(signed_in):
    browser, name = signed_in("author"), "synonym"
    assert browser.get(address(name, "import")).status_code == 403
    assert browser.get(address(name, "export")).status_code == 200
    assert address(name, "import") not in browser.get(address(name, "changelist")).text


def test_import_saves_everything_or_nothing(signed_in, term):
    Term.objects.create(key="catfish", term_ind="Catfish", definition_ind="Arti.")
    rows = [{"key": "catfish", "definition_id": "Baru."}, {"key": "tidak-ada", "definition_id": "Baru."}]
    page = offer(signed_in("editor"), "term", table(*rows))
    assert 'name="package"' not in page.text
    assert "Baris 3" in page.text
    assert "tidak-ada" in page.text
    assert Term.objects.get(key="catfish").definition_ind == "Arti."


def test_new_item_is_a_draft_and_needs_the_tick(signed_in):
    row = {"key": "doxing", "term_id": "Doxing", "definition_id": "Menyebar data.", "explained": "word"}
    browser = signed_in("editor")
    assert offer(browser, "term", table(row)).context["outcome"].refused
    imported(browser, "term", row, creates="on")
    term = Term.objects.get(key="doxing")
    assert (term.state, term.definition_ind) == (State.DRAFT, "Menyebar data.")
    assert Revision.objects.for_item(term).first().author.username == "editor"


def test_preview_that_somebody_overtook_saves_nothing(signed_in, person, term):
    browser = signed_in("editor")
    page = offer(browser, "term", table({"key": "grooming", "definition_id": "Dari tabel."}))
    changed = workflow.pending_or_live(term) | {"definition_ind": "Dari orang lain."}
    workflow.save_proposal(term, person("author", "penulis"), changed)
    again = confirm(browser, "term", page)
    assert Revision.objects.waiting_proposal(term).data["definition_ind"] == "Dari orang lain."
    assert "orang lain." in again.text
    confirm(browser, "term", again)
    assert Revision.objects.waiting_proposal(term).data["definition_ind"] == "Dari tabel."


def test_preview_of_somebody_else_is_not_saved(signed_in, term):
    page = offer(signed_in("editor"), "term", table({"key": "grooming", "definition_id": "Baru."}))
    confirm(signed_in("author"), "term", page)
    assert not Revision.objects.exists()


def test_kinds_without_drafts_need_a_tick(signed_in):
    synonym = Synonym.objects.create(language="id", typed="ngab", means="teman")
    browser = signed_in("publisher")
    page = offer(browser, "synonym", table({"number": str(synonym.pk), "means": "sahabat"}))
    confirm(browser, "synonym", page)
    assert Synonym.objects.get().means == "teman"
    confirm(browser, "synonym", page, live="on")
    assert Synonym.objects.get().means == "sahabat"


def test_table_does_not_turn_off_what_protects_readers(signed_in):
    synonym = Synonym.objects.create(language="id", typed="mau mati", means="bunuh diri", crisis=True)
    browser = signed_in("publisher")
    page = offer(browser, "synonym", table({"number": str(synonym.pk), "crisis": "tidak"}))
    assert page.context["outcome"].refused
    assert "sensitive" not in browser.get(address("topic", "export")).text


BODY = "<h2>Satu</h2><p>Isi.</p>"
BAD_CELLS = {
    "script": ({"body_id": f"{BODY}<script>alert(1)</script>"}, "&lt;script&gt;"),
    "handler": ({"body_id": '<p onclick="x()">Isi.</p>'}, "onclick"),
    "address of a script": ({"body_id": '<p><a href="javascript:x()">Isi</a></p>'}, "https"),
    "foreign picture": ({"body_id": '<p>Isi.</p><img src="https://x.example/a.png">'}, "galeri"),
    "script in plain text": ({"title_id": "Judul <script>alert(1)</script>"}, "&lt;script&gt;"),
    "address of another guide": ({"slug_en": "terpakai"}, "alamat"),
    "address with a space": ({"slug_en": "a b"}, "slug_en"),
    "number": ({"number": "abc"}, "abc"),
    "unknown number": ({"number": "65000"}, "65000"),
    "key": ({"number": "", "title_id": "Judul"}, "kosong"),
}


def test_bad_cell_is_named_beside_its_row(signed_in):
    factory.guide(slug_ind="terpakai")
    guide, browser = factory.guide(), signed_in("editor")
    for case, (cells, word) in BAD_CELLS.items():
        page = offer(browser, "guide", table({"number": str(guide.number)} | cells | {"easy_id": ""}))
        errors = page.text[page.text.index('id="refused"') :]
        assert ("Baris 2" in errors, word in errors) == (True, True), case
    assert not Revision.objects.exists()


def test_script_in_any_column_is_refused(signed_in, starter):
    browser = signed_in("publisher")
    for model, kind in KINDS.items():
        name, headings = model._meta.model_name, [heading for heading, _field in kind.columns()]
        key = exported(browser, name)[0][kind.key_column]
        page = offer(browser, name, table({kind.key_column: key} | dict.fromkeys(headings, TYPED)))
        (refused,) = page.context["outcome"].refused
        assert {heading for heading, _cell, _sentences in refused.errors} >= set(headings), name
        assert TYPED[2:] not in page.text


MADE = {
    News: lambda _n: factory.news(),
    Page: lambda n: factory.page(f"baru-{n}"),
    Quiz: lambda _n: factory.quiz(),
    Lesson: lambda _n: factory.lesson(),
}


def keys_of(model, count: int) -> list[str]:
    """The keys of so many new items of ``model``, which has a table."""
    if model is Guide:
        return [str(guide.number) for guide in factory.guides(count, topic=factory.topic())]
    if model in MADE:
        return [str(getattr(MADE[model](n), KINDS[model].key)) for n in range(count)]
    key = KINDS[model].key
    named = [{key: f"baru-{n}"} if key != "pk" else {"language": "id", "typed": f"kata {n}"} for n in range(count)]
    return [str(getattr(one, key)) for one in model.objects.bulk_create(model(**fields) for fields in named)]


def test_no_attack_in_any_column_is_imported(signed_in):
    browser, attacks = signed_in("publisher"), [TYPED, *PAYLOADS]
    for model, kind in KINDS.items():
        headings = {heading: markup.is_rich(field) for heading, field in kind.columns()}
        keys = keys_of(model, len(attacks))
        rows = [{kind.key_column: key} | dict.fromkeys(headings, html) for key, html in zip(keys, attacks, strict=True)]
        page = offer(browser, model._meta.model_name, table(*rows))
        assert not dangers(page.text), model
        refused = {attacks[row.number - 2]: row for row in page.context["outcome"].refused}
        for html in attacks:
            found = {heading for heading, _cell, _sentences in (refused[html].errors if html in refused else ())}
            plain = {heading for heading, is_rich in headings.items() if not is_rich}
            assert html.startswith("<!--") or found >= plain, (model, html)  # a comment is text like any other there


def test_rich_text_of_a_table_is_stored_without_what_runs(signed_in):
    numbers, browser = keys_of(Guide, len(PAYLOADS)), signed_in("editor")
    rows = [{"number": n, "body_id": html, "easy_en": html} for n, html in zip(numbers, PAYLOADS, strict=True)]
    refused = {row.number for row in offer(browser, "guide", table(*rows)).context["outcome"].refused}
    left = [row for place, row in enumerate(rows, start=2) if place not in refused]
    assert 3 < len(left) < len(rows)
    imported(browser, "guide", *left)
    stored = [revision.data for revision in Revision.objects.filter(status=Status.WAITING)]
    assert len(stored) == len(left)
    assert not [text for data in stored for name in ("body_ind", "easy_en") for text in dangers(data[name])]


def test_two_rows_may_not_take_one_address(signed_in):
    rows = [{"number": str(factory.guide().number), "slug_en": "same"} for _ in range(2)]
    assert len(offer(signed_in("editor"), "guide", table(*rows)).context["outcome"].refused) == 1


BAD_LINES = {
    "hours": ({"open_hours": "senin 9-17"}, "senin 9-17"),
    "channel": ({"channels": "phone | sementara mati"}, "sementara mati"),
    "kind of channel": ({"channels": "fax | 123"}, "fax"),
    "zones": ({"open_hours": "mon-fri 09:00-16:00 Asia/Jakarta", "hours_id": "9-16"}, "WITA"),
    "topic": ({"topics": "tidak-ada"}, "tidak-ada"),
    "choice": ({"kind": "teman"}, "teman"),
    "yes or no": ({"cost_free": "mungkin"}, "mungkin"),
    "day": ({"source_date": "29/11/2026"}, "2026-11-29"),
    "province": ({"provinces": "99"}, "99"),
}


def test_bad_value_of_a_helpline_is_named(signed_in):
    factory.helpline("sapa", "129")
    browser = signed_in("editor")
    for case, (cells, word) in BAD_LINES.items():
        page = offer(browser, "helpline", table({"slug": "sapa"} | cells))
        assert word in str([row.errors for row in page.context["outcome"].refused]), case


BAD_FILES = {
    "no key": (b"judul_id,title_id\na,b\n", "number"),
    "unknown column": (b"number,titel_en\n1,x\n", "titel_en"),
    "twice": (b"number,title_id,title_id\n1,x,y\n", "title_id"),
    "not utf-8": ("number,title_id\n1,caf\u00e9\n".encode("latin-1"), "UTF-8"),
    "utf-16": ("number,title_id\n1,x\n".encode("utf-16"), "UTF-8"),
    "a program": (b"MZ\0\0number", "CSV"),
    "short row": (b"number,title_id,title_en\n1,x\n", "2"),
    "open quotation mark": (b'number,title_id\n1,"x\n', "CSV"),
    "no rows": (b"number,title_id\n", "baris"),
    "nothing": (b" \n", "kosong"),
    "large": (b"number,title_id\n" + b"1,x\n" * 2_600_000, "2 MB"),
    "many rows": (b"number,title_id\n" + b"1,x\n" * 2_001, "2000"),
}


def test_bad_file_is_refused_in_words(signed_in):
    browser = signed_in("editor")
    for case, (content, word) in BAD_FILES.items():
        page = offer(browser, "guide", content)
        sentence = page.context["form"].errors["file"][0]
        assert word in sentence, case
        assert page.text.count(sentence.split("“")[0][:20]) >= 2  # in the summary and beside the field


def test_formula_is_escaped_and_read_back():
    for text in ("=cmd|' /C calc'!z", "+62 811", "-1", "@x", "\tx", "'=x", "''-x", "\uff1d1", "biasa"):
        cell = csv_cells.escape(text)
        assert cell[0] not in "=+-@\t\uff1d"
        assert csv_cells.unescape(cell) == text


def test_spreadsheet_with_semicolons_is_read(signed_in, term):
    content = 'KEY;definition_id\r\ngrooming;"Baru; dan\r\nlebih"\r\n;\r\n'.encode("utf-8-sig")
    browser = signed_in("editor")
    confirm(browser, "term", offer(browser, "term", content))
    assert Revision.objects.waiting_proposal(term).data["definition_ind"] == "Baru; dan\nlebih"


def test_import_keeps_the_anchors_of_headings(signed_in):
    guide = factory.guide(body_ind='<h2 id="s7">Satu</h2><p>Isi.</p>')
    imported(signed_in("editor"), "guide", {"number": str(guide.number), "body_id": "<h2>Satu</h2><p>Baru.</p>"})
    guide = Guide.objects.get(pk=guide.pk)
    assert Revision.objects.waiting_proposal(guide).data["body_ind"] == '<h2 id="s7">Satu</h2><p>Baru.</p>'
    assert (guide.body_ind, Revision.objects.get().status) == ('<h2 id="s7">Satu</h2><p>Isi.</p>', Status.WAITING)


def test_new_helpline_keeps_its_channels(signed_in):
    row = {"slug": "baru", "kind": "support", "name_id": "Baru", "channels": "phone | 021-390-1234 | | Office | text"}
    imported(signed_in("publisher"), "helpline", row, creates="on")
    line = Helpline.objects.get(slug="baru")
    assert (line.state, line.channels.get().label_en, line.channels.get().text_route) == (State.DRAFT, "Office", True)
