"""tools/check_content: the shipped files follow every rule, and each rule finds a file that breaks it."""

import copy
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from education.starter.files import FOLDER
from tools.check_content import claims, help_texts, learning, legal, marks, rules, steps, voices
from tools.check_content.content import Content

SHIPPED = Content(FOLDER)


@pytest.fixture
def content() -> Content:
    """The shipped files, to be changed by the test."""
    return copy.deepcopy(SHIPPED)


def edit(kind: str, name, path: str, change):
    """Return a change of one field of one item: ``path`` as "id.body", ``change`` a value or a function of the old."""

    def do(content: Content) -> None:
        item = next(i for i in content.items(kind) if name in (i.get("number"), i.get("key"), i.get("slug")))
        *above, field = path.split(".")
        for part in above:
            item = item[int(part) if part.isdecimal() else part]
        item[field] = change(item.get(field)) if callable(change) else change

    return do


def without(pattern: str):
    """Return a change that takes a pattern out of a text."""
    return lambda text: re.sub(pattern, "", text, flags=re.IGNORECASE)


def more(words: str):
    """Return a change that adds words to a text, or a step to a list."""
    return lambda text: [*text, words] if isinstance(text, list) else text + words


# The rule, a change that breaks it, and a part of the sentence that says so.
BROKEN = {
    "dates.of_texts": (edit("guides", 6, "en.body", more("<p>More.</p>")), "does not have the day"),
    "help_texts.for_everybody": (
        lambda c: c.items("help").remove(next(item for item in c.items("help") if item["key"] == "unsure-child")),
        "has no text",
    ),
    "help_texts.other_wordings": (edit("help", "sextortion-easy", "id.lines", ["kata " * 90]), "words a sentence"),
    "help_texts.first_aid": (edit("help", "unsure-me", "id.lines", ["kata " * 41]), "not 3 with 40"),
    "help_texts.right_person": (edit("help", "unsure-child", "id.title", "Kamu boleh bertanya"), "somebody else"),
    "help_texts.nothing_on_deleting": (edit("help", "doxxing-did_it", "id.title", "Hapus sekarang"), "did something"),
    "help_texts.no_promise": (edit("help", "cyberbullying-me", "id.title", "Ini bisa dihentikan"), "promises"),
    "help_texts.prescribed": (
        edit("help", "money-me", "en.lines", ["Call.", "Then IASC.", "Wait."]),
        "languages differ",
    ),
    "guides.collection": (lambda c: c.guides.pop(22), "first ten"),
    "guides.whole_guides": (edit("guides", 6, "id.body", "<h2>A</h2><p>B</p>"), "400 to 900"),
    "guides.helplines_sources_review": (edit("guides", 6, "sources", []), "no source"),
    "guides.often_needed": (edit("guides", 6, "often_needed", True), "home page"),
    "guides.links": (edit("pages", "about", "id.body", more('<a href="/id/nowhere/">x</a>')), "no page"),
    "guides.anchors": (edit("guides", 6, "id.body", more('<a href="#nowhere">x</a>')), "no heading"),
    "guides.addresses": (edit("helplines", "kpai", "source_url", "http://localhost/"), "no plain address"),
    "steps.warnings_above_steps": (
        edit("guides", 3, "en.body", without('<p class="notice-alerts">.*?</p>')),
        "no warning above it: Most apps have a Report option",
    ),
    "steps.warnings_on_app_pages": (
        edit("platforms", "discord", "id.report", without('(?s)<p class="notice-alerts">.*?</p>')),
        "no warning above it: Menurut artikel tahun 2020",
    ),
    "steps.warnings_in_replies": (
        lambda c: c.replies[0]["id"].update(text="Laporkan akunnya, lalu blokir."),
        "no warning above it: Laporkan akunnya",
    ),
    "steps.warnings_in_help": (
        edit("help", "cyberbullying-me", "id.lines", ["Catat akunnya, lalu blokir.", "Dua.", "Tiga."]),
        "no warning above it: Catat akunnya",
    ),
    "voices.ages": (edit("guides", 6, "audiences", ["parents"]), "for teens only"),
    "voices.counterparts": (edit("guides", 38, "id.body", without("/id/p/5/")), "no link to guide 5"),
    "voices.subjects": (
        lambda c: c.items("guides").append(c.guides[6] | {"file": "guides/copy.toml"}),
        "same subject",
    ),
    "voices.links_fit": (edit("help", "sextortion-easy", "guide", 27), "guide 27 is not for its reader"),
    "voices.one_way": (edit("guides", 6, "id.body", more("<p>Anda boleh, kamu boleh.</p>")), "both"),
    "voices.crisis_part": (edit("guides", 6, "id.checklist", ["Satu."]), "no step has a link"),
    "voices.something_to_show": (edit("guides", 18, "en.body", without("/en/p/6/")), "no link to guide 6"),
    "helplines.emergency_set": (edit("helplines", "polri-110", "emergency", False), "the fixed set must be"),
    "helplines.dead_numbers": (edit("helplines", "kpai", "channels.0.value", "1500-771"), "is dead"),
    "helplines.first_helpline": (edit("guides", 33, "helplines", ["sapa-129"]), "iasc must come first"),
    "helplines.cards": (edit("guides", 2, "id.body", more("<strong>112</strong>")), "sends to darurat-112"),
    "helplines.ways_to_write": (edit("guides", 9, "id.body", without("081-157-157-157")), "OJK 157"),
    "helplines.collectors": (edit("guides", 31, "helplines", ["sapa-129"]), "ojk-157 must be"),
    "wording.languages": (edit("guides", 6, "ms", {"title": "Ditulis"}), "no words of this language"),
    "wording.never": (edit("pages", "about", "id.body", more(" mediasi")), "use another word"),
    "wording.not_to_keep": (lambda c: c.guides[7]["en"].update(body="", checklist=[]), "must say"),
    "wording.must_say": (lambda c: c.guides[9]["id"].update(body="", checklist=[]), "number of the bank"),
    "wording.friend": (edit("guides", 25, "audiences", ["parents"]), "friend was hurt"),
    "wording.glossary": (edit("glossary", "csam", "id.slang", ["x"]), "must not be printed"),
    "wording.promises": (edit("pages", "privacy", "id.body", without("tidak masuk salinan cadangan")), "no backup"),
    "wording.dead_number_button": (edit("pages", "about", "en.body", without("Report a dead number")), "the button"),
    "claims.claims": (edit("guides", 7, "sources", []), "no source supports it"),
    "claims.sources": (edit("guides", 6, "sources.0.dated", "kemarin"), "no date"),
    "claims.publishers": (edit("guides", 6, "sources.0.publisher", "a dari b"), "no plain name"),
    "claims.app_paths": (edit("guides", 1, "id.body", more("Cari “Privasi” di pengaturan.")), "nobody has tried it"),
    "claims.app_names": (edit("guides", 6, "app", "tiktok"), "names an app"),
    "claims.shared_steps": (edit("guides", 3, "id.checklist", more("Kalau diancam, lapor.")), "about danger"),
    "easy.needed": (lambda c: c.guides[6]["id"].pop("easy"), "needs an easy version"),
    "easy.short": (edit("guides", 6, "id.easy", more("<p>" + "kata " * 13 + ".</p>")), "at most 12"),
    "easy.alike": (edit("guides", 6, "id.easy", more("<h2>Lagi</h2>")), "languages differ"),
    "easy.help_at_hand": (edit("guides", 6, "id.easy", more("<p>Telepon 999.</p>")), "names 999"),
    "easy.pictures": (edit("guides", 6, "id.easy", without("jangan tangkap layar")), "not to copy"),
    "easy.wording": (edit("guides", 6, "id.easy", more("<p>Halo!</p>")), "hurts or shouts"),
    "easy.links": (edit("guides", 6, "id.easy", more('<a href="/id/p/3/">x</a>')), "link the easy version"),
    "easy.end_of_life": (edit("guides", 6, "en.easy", without("ending your life")), "first part must say"),
    "figures.easy_to_read": (edit("guides", 6, "id.body", "<p>" + "pemberitahuan " * 101 + "</p>"), "hard to read"),
    "learning.audiences": (edit("quizzes", 3, "audiences", ["nobody"]), "is no audience"),
    "learning.situations": (edit("quizzes", 3, "scenarios.0.guide", 999), "guide 999 does not exist"),
    "learning.wording": (edit("quizzes", 3, "id.summary", more(" Kamu ceroboh.")), "blames"),
    "learning.lessons": (edit("lessons", "ai-made-pictures", "minutes", 1), "not as `minutes` says"),
    "learning.protocol": (edit("lessons", "ai-made-pictures", "guides", []), "when a pupil tells"),
    "learning.teachers": (edit("lessons", "ai-made-pictures", "id.body", more("<p>Kamu</p>")), "to a teacher"),
    "learning.not_to_keep": (edit("quizzes", 3, "scenarios", []), "must say"),
    "legal.takes_the_reader": (
        edit("guides", 22, "id.body", more("<p>Hubungi LBH APIK atau SAFEnet.</p>")),
        "LBH APIK is for women only",
    ),
    "legal.cards_take_the_reader": (edit("guides", 40, "helplines", more("safenet")), "safenet is for adults only"),
    "legal.replies_take_the_reader": (
        lambda c: next(row for row in c.checklists if row["key"] == "ncii-legal")["id"].update(text="Tanya: {ways}."),
        "for women only",
    ),
    "legal.free": (edit("guides", 6, "en.body", more("<p>Ask a legal adviser. It is free.</p>")), "not known to be"),
    "marks.marked": (edit("guides", 6, "sources.0.mark", ""), "is no mark"),
    "marks.says_what": (edit("guides", 6, "sources.0.title_en", ""), "does not say which fact"),
    "marks.enough": (edit("guides", 24, "sources", lambda rows: [rows[0] | {"mark": "press"}] * 3), "must be three"),
}


@pytest.mark.safety("A4", "H12", "H13", "H15", "H16", "H17", "H18", "H23", "J5", "J6", "J8", "J9")
@pytest.mark.safety("K3", "K5", "K12", "K15", "K16", "K17", "K19")
def test_shipped_content_follows_every_rule():
    assert rules.faults(SHIPPED) == []


def test_every_rule_has_a_file_that_breaks_it():
    assert {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in rules.RULES} == set(BROKEN)


@pytest.mark.parametrize("name", BROKEN)
def test_rule_finds_the_file_that_breaks_it(content, name):
    change, words = BROKEN[name]
    change(content)
    rule = next(rule for rule in rules.RULES if f"{rule.__module__}.{rule.__name__}".endswith(f".{name}"))
    assert [fault for fault in rule(content) if words in fault.sentence]


def test_place_in_a_menu_is_found_in_every_kind_and_language(content):
    edit("helplines", "tiktok-report", "en.note", more(" Tap the share button, then choose Report."))(content)
    edit("lessons", "ai-made-pictures", "id.handout", more("<p>Tekan lama videonya.</p>"))(content)
    edit("help", "unsure-me", "en.lines", more("Open Settings &gt; Privacy."))(content)
    content.replies[0]["id"].update(text="Ketuk titik tiga.")
    found = {(re.split("[/ ]", fault.file)[0], fault.field) for fault in claims.app_paths(content)}
    assert found == {("helplines.toml", "en"), ("lessons", "id"), ("help", "en"), ("reports", "id")}


@pytest.mark.safety("H32")
def test_report_in_an_app_needs_its_warning_for_who_saw_a_post_too(content):
    edit("help", "cyberbullying-stranger", "id.lines", ["Catat tautannya, lalu lapor di aplikasi.", "Dua.", "Tiga."])(
        content
    )
    [fault] = steps.warnings_in_help(content)
    assert (fault.file, fault.field) == ("help/cyberbullying.toml [stranger]", "id")


def test_reply_that_links_a_guide_for_others_is_named(content):
    content.replies[0]["id"].update(text="Baca /id/p/27/.", formal="Baca /id/p/6/.")
    row = next(row for row in content.checklists if row["key"] == "sext-guide")
    row["guide"] = 18
    found = {(fault.file, fault.field) for fault in voices.links_fit(content)}
    replies = {
        ("reports/starter/replies.toml", f"{content.replies[0]['key']}.id.{name}") for name in ("text", "formal")
    }
    assert found == replies | {("reports/starter/checklists.toml", f"sext-guide.{code}.text") for code in ("id", "en")}


@pytest.mark.safety("H15")
@pytest.mark.parametrize(
    ("kind", "name", "path", "words"),
    [
        ("guides", 7, "en.body", "<p>SAFEnet takes complaints.</p>"),  # teens, below the heading for adults
        ("help", "unsure-friend", "id.lines", "Tanya SAFEnet dulu."),
        ("quizzes", 7, "scenarios.0.id.situation", "LBH APIK bisa membantu."),
        ("help", "unsure-friend", "id.steps", "Pendamping hukum itu gratis."),
        ("guides", 32, "id.checklist", "Hubungi KPAI. Layanan ini gratis."),
    ],
)
def test_service_that_does_not_take_the_reader_is_named(content, kind, name, path, words):
    edit(kind, name, path, lambda old: [*old, words] if isinstance(old, list) else f"<h2>x</h2>{words}")(content)
    assert [*legal.takes_the_reader(content), *legal.free(content)]


@pytest.mark.parametrize("place", ["reply", "quiz", "page", "interface"])
def test_promise_is_found_wherever_it_stands(content, monkeypatch, place):
    said = "Ini bukan salahmu, dan bisa dihentikan."
    if place == "reply":
        content.replies[0]["id"]["formal"] = said
    elif place == "interface":
        monkeypatch.setattr(help_texts, "_catalogue", lambda: [said])
    else:
        kind, name, path = (
            ("quizzes", 3, "scenarios.0.id.situation") if place == "quiz" else ("pages", "about", "id.body")
        )
        edit(kind, name, path, said)(content)
    assert [fault for fault in help_texts.no_promise(content) if "bisa dihentikan" in fault.sentence]


def test_tool_is_called_free_only_where_that_is_known(content):
    content.lines["stopncii"]["cost_free"] = False
    assert "help/hash_adult.toml [me]" in {fault.file for fault in legal.free(content)}


def test_quiz_without_a_statement_on_threats_is_named(content):
    del content.quizzes[1]["about_sexual_threats"]
    [fault] = learning.not_to_keep(content)
    assert (fault.file, fault.field) == ("quizzes/01-cek-dulu.toml", "about_sexual_threats")


def test_source_has_one_mark_wherever_it_is_named(content):
    [address] = [one["url"] for one in content.guides[49]["sources"] if "minimum-age-appeals" in one["url"]]
    edit("guides", 49, "sources.0.mark", "press")(content)
    faults = [fault for fault in marks.marked(content) if address in fault.sentence]
    assert {fault.file.partition("/")[0] for fault in faults} == {"guides"}


@pytest.mark.parametrize("mark", ["memory", "doubtful"])
def test_source_from_memory_is_refused(content, mark):
    edit("platforms", "tiktok", "sources.0.mark", mark)(content)
    assert [fault.sentence for fault in marks.marked(content) if f'"{mark}"' in fault.sentence]


def counted(content: Content) -> dict[str, list[list[int]]]:
    """Return the figures of apps and guides, by mark, below each heading that the command prints."""
    found: dict[str, list[list[int]]] = {}
    for line in marks.lines(content):
        if line.endswith("official, press, secondary"):
            rows = found[line.partition(" by mark")[0]] = []
        elif "without" not in line:
            rows.append([int(number) for number in re.findall(r"\d+", line)])
    return found


def test_sources_and_facts_are_counted_by_mark(content):
    before = counted(content)
    edit("guides", 1, "sources.0.mark", "press")(content)
    after = counted(content)
    assert set(after) == {"sources", "facts that a source supports"}
    for heading, (apps, guides) in before.items():
        assert after[heading] == [apps, [guides[0] - 1, guides[1] + 1, guides[2]]], heading


def test_fact_with_two_sources_counts_once_by_the_strongest(content):
    [first, *_] = rows = content.guides[6]["sources"]
    first |= {"title_en": "A fact", "mark": "press"}
    rows[1:] = [rows[1] | {"title_en": "A fact (second source)", "mark": "official"}]
    assert marks.facts(content.guides[6]) == {"a fact": "official"}


def test_guide_without_an_official_source_is_named_with_its_publishers(content):
    for source in content.guides[6]["sources"]:
        source |= {"mark": "press", "publisher": "Kompas"}
    assert "6 (independent: 1)" in [*marks.lines(content)][-1]


def test_command_names_file_and_field(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "starter")
    [path] = (tmp_path / "starter" / "guides").glob("06-*.toml")
    path.write_text(path.read_text().replace("WhatsApp", "predator WhatsApp", 1))
    command = [sys.executable, "-m", "tools.check_content", str(tmp_path / "starter")]
    result = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert f'guides/{path.name}: id: "predator" hurts' in result.stdout
