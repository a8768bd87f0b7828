"""Answers out to translators as PO and in again."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from translate.storage.pypo import pofile, pounit
from typer.testing import CliRunner

from content import po_file
from content.block_text import spans, with_texts
from content.content import Content
from content.markdown import parse
from content.placeholder import PATTERN
from content.proof import Proof
from content.stamp import earlier, stale, stamp
from content.translation import pairs, units
from hotline.content_commands import content_app
from tests.app.fixtures.folder import SUNDAY_NIGHT, copy_to, edit, faults, load
from tests.app.unit.conftest import CONTENT

CARD = "papers/card_renewal.md"
DANGER = "safety/emergency_immediate_danger.now.md"
HOME = "home_again/avrr_info.md"
PERSIAN = {
    f"{CARD}#title": "تمدید کارت",
    f"{CARD}#1": "کارت شما معتبر است تا: {{ fact.card_valid_until }}",
    f"{CARD}#2": "{{ fact.card_photo }}دو عکس با خود بیاورید.",
    f"{CARD}#3": "{{ fact.card_copy }}یک **رونوشت** از فرم 24 *کافی است*.",
    f"{CARD}#4": "چه چیزهایی باید بیاورید:",
    f"{CARD}#5": "گذرنامه",
    f"{CARD}#6": "{{ fact.card_photo }}عکس‌ها",
    f"{CARD}#7": "هزینه: {{ fact.card_fee }}",
    f"{CARD}#8": "فقط با عکس:",
    f"{CARD}#9": "{{ fact.card_photo }}دو تا از آنها",
    f"{CARD}#10": "بنویسید به {{ fact.card_email }}",
    f"{CARD}#11": "{{ fact.card_photo }}منتظر عکس بمانید.",
    f"{CARD}#12": "مدت انتظار: {{ fact.card_wait }}",
    f"{CARD}#13": "اداره: {{ place.card_office.name }}، {{ place.card_office.address }}، {{ place.card_office.hours }}",
    f"{CARD}#14": "ادارهٔ قدیمی: {{ place.old_office.address }}",
    f"{CARD}#15": "برای خواندن با صدای بلند: «Kártyát kérek.»",
    f"{CARD}#16": "بیشتر: {{ fact.card_page }} یا [the charity](https://river.example/a?b=1&c=2)",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOTLINE_CONTENT_DIR", str(tmp_path / "content"))
    copied = copy_to(tmp_path)
    stamp(copied, load(copied))
    return copied


@pytest.fixture
def po(tmp_path: Path) -> Path:
    return tmp_path / "answers.po"


def run(*arguments: str, ends: int = 0) -> str:
    result = CliRunner().invoke(content_app, arguments)
    assert result.exit_code == ends, result.output
    return result.output


def export(locale: str, po: Path) -> dict[str, pounit]:
    run("export", locale, "--out", str(po))
    return {unit.getcontext(): unit for unit in pofile.parsestring(po.read_bytes()).units if not unit.isheader()}


def translate(po: Path, texts: dict[str, str], done: Callable[[str], bool] = lambda key: False) -> None:
    """What a translator does: new texts, and units marked as done."""
    store = pofile.parsestring(po.read_bytes())
    assert texts.keys() <= {unit.getcontext() for unit in store.units}
    for unit in store.units:
        unit.target = texts.get(unit.getcontext(), unit.target)
        if unit.getcontext() in texts or done(unit.getcontext()):
            unit.markfuzzy(False)
    po.write_bytes(bytes(store))


def state(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in files}


@pytest.mark.parametrize("locale", ["uk", "ar", "fa"])
def test_out_and_in_changes_not_one_byte(locale: str, folder: Path, po: Path):
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring both photos.")
    before = state(folder)
    export(locale, po)
    assert "0 answers changed" in run("import", str(po))
    assert state(folder) == before


@pytest.mark.parametrize("locale", ["uk", "hu", "ru"])
def test_the_real_answers_come_back_as_they_went(locale: str, content: Content):
    found = list(pairs(content, locale, partial(earlier, CONTENT)))
    assert sum(pair.translation is not None for pair in found) > 50
    data = po_file.export(content, locale, found, SUNDAY_NIGHT)
    read_locale, store = po_file.parse(data, "answers.po", content.languages)
    brought = po_file.read(store, "answers.po", found)
    assert (read_locale, brought.done, brought.left) == (locale, [], [])
    assert all(unit.text for pair in found if pair.translation for unit in units(pair))


def test_a_unit_says_what_a_translator_must_know(folder: Path, po: Path):
    unit = export("ar", po)[f"{CARD}#7"]
    assert (unit.source, unit.target) == ("fee: {{ fact.card_fee }}", "الرسوم: {{ fact.card_fee }}")
    assert unit.getlocations() == [f"answers/en/{CARD}:18"]
    notes = unit.getnotes("developer")
    assert "List item." in notes
    assert "22,800" in notes or "22800" in notes
    assert "(What the card costs)" in notes
    assert "at most 40 characters" in export("ar", po)[f"{CARD}#title"].getnotes("developer")
    assert "only while staff stand for it (Two photos are needed)" in export("ar", po)[f"{CARD}#6"].getnotes(
        "developer"
    )


def test_one_changed_unit_changes_its_block_alone(folder: Path, po: Path):
    before = state(folder)
    export("ar", po)
    translate(po, {f"{CARD}#5": "جواز سفر ساري"})
    assert f"wrote answers/ar/{CARD}" in run("import", str(po))
    expected = before[f"answers/ar/{CARD}"].replace("- جواز السفر\n", "- جواز سفر ساري\n")
    assert state(folder) == before | {f"answers/ar/{CARD}": expected}


def test_a_title_that_yaml_would_misread_and_windows_line_ends_survive(folder: Path, po: Path):
    path = folder / f"answers/ar/{CARD}"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = state(folder)
    export("ar", po)
    translate(po, {f"{CARD}#title": "البطاقة: تجديد #"})
    run("import", str(po))
    expected = before[f"answers/ar/{CARD}"].replace("title: تجديد البطاقة", 'title: "البطاقة: تجديد #"')
    assert state(folder) == before | {f"answers/ar/{CARD}": expected}


def test_a_locale_without_answers_gets_its_first(folder: Path, po: Path):
    exported = export("fa", po)
    assert {unit.target for unit in exported.values()} == {""}
    translate(po, PERSIAN)
    assert "1 answers changed" in run("import", str(po))
    written = load(folder).articles["card_renewal", "fa", "full"]
    assert written.title == "تمدید کارت"
    assert written.front.translates == load(folder).articles["card_renewal", "en", "full"].fingerprint
    assert written.front.literals == {"24": "name of a form"}
    assert not written.reviewed_on
    assert "- {{ fact.card_photo }}عکس‌ها\n" in written.body
    assert "> برای خواندن با صدای بلند: «Kártyát kérek.»\n" in written.body
    assert stale(load(folder)) == []
    assert {
        unit.key: unit.text for pair in pairs(load(folder), "fa", lambda _: None) for unit in units(pair)
    }.items() >= (PERSIAN.items())


def test_a_stale_translation_shows_what_has_changed_and_is_stamped_when_done(folder: Path, po: Path):
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring two new photos.")
    edit(folder, f"answers/en/{CARD}", "- passport\n", "- passport\n- pen\n")
    exported = export("ar", po)
    assert {key: unit.prev_source for key, unit in exported.items() if unit.isfuzzy()} == {
        f"{CARD}#title": "Renew your card",
        f"{CARD}#2": "{{ fact.card_photo }}Bring two photos.",
    }
    assert (exported[f"{CARD}#6"].source, exported[f"{CARD}#6"].target) == ("pen", "")
    translate(po, {f"{CARD}#2": "{{ fact.card_photo }}أحضر صورتين جديدتين.", f"{CARD}#6": "قلم"})
    assert f"answers/ar/{CARD}: 1 of 18 units are empty or fuzzy" in run("import", str(po))
    assert stale(load(folder))
    translate(po, {}, lambda key: True)
    run("import", str(po))
    assert stale(load(folder)) == []
    assert "- جواز السفر\n- قلم\n- {{ fact.card_photo }}صور\n" in (folder / f"answers/ar/{CARD}").read_text()


def test_a_number_that_english_has_listed_since_may_stand_in_the_translation(folder: Path, po: Path):
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring 2 photos.")
    edit(folder, f"answers/en/{CARD}", "literals:\n", 'literals:\n  "2": photos\n')
    export("ar", po)
    translate(po, {f"{CARD}#2": "{{ fact.card_photo }}أحضر 2 من الصور."}, lambda key: True)
    run("import", str(po))
    assert load(folder).articles["card_renewal", "ar", "full"].front.literals == {"24": "اسم استمارة", "2": "photos"}


def test_a_stale_translation_of_a_text_that_nobody_kept_is_looked_at_as_a_whole(folder: Path, po: Path):
    edit(folder, f"answers/en/{CARD}", "Bring two photos.", "Bring two new photos.")
    for kept in (folder / "answers/.earlier").iterdir():
        kept.unlink()
    exported = export("ar", po)
    assert all(unit.isfuzzy() and unit.target for key, unit in exported.items() if key.startswith(CARD))


def test_what_the_checks_refuse_is_named_by_unit_and_nothing_is_written(folder: Path, po: Path):
    export("fa", po)
    translate(po, PERSIAN | {f"{CARD}#7": "هزینه: زیاد"})
    before = state(folder)
    refused = run("import", str(po), ends=1)
    line = next(line for line in refused.splitlines() if "card_fee" in line)
    assert line.startswith("answers.po:")
    assert f"unit '{CARD}#7': the English text has {{{{ fact.card_fee }}}}" in line
    assert "nothing was imported" in refused
    assert state(folder) == before


def test_a_fault_in_one_answer_stops_the_others_too(folder: Path, po: Path):
    export("ar", po)
    translate(po, {f"{CARD}#title": "ب" * 41})
    before = state(folder)
    assert f"unit '{CARD}#title': title: 41 characters" in run("import", str(po), ends=1)
    assert state(folder) == before


@pytest.mark.parametrize("text", ["<b>x</b>", "# x", "{{ fact.none }}", "ما تحضره:\n\nجواز", "ما تحضره:\n- قلم"])
def test_a_translator_can_break_no_rule(text: str, folder: Path, po: Path):
    export("ar", po)
    translate(po, {f"{CARD}#4": text})
    before = state(folder)
    run("import", str(po), ends=1)
    assert state(folder) == before


def test_an_answer_whose_english_text_has_changed_since_is_left_and_named(folder: Path, po: Path):
    export("ar", po)
    translate(po, {f"{CARD}#5": "جواز سفر ساري"})
    edit(folder, f"answers/en/{CARD}", "- passport\n", "- valid passport\n")
    before = state(folder)
    assert f"left as it is: answers/ar/{CARD}: the English text has changed since" in run("import", str(po))
    assert state(folder) == before


HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: {}\\n"\n\n'
UNIT = 'msgctxt "{}"\nmsgid "passport"\nmsgstr "x"\n\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            HEADER.format("uk") + UNIT.format("papers/card_renewel.md#5"),
            "answers.po:4: unit 'papers/card_renewel.md#5': no",
        ),
        (HEADER.format("uk") + UNIT.format(f"{CARD}#5") * 2, f"unit '{CARD}#5': stands here a second time"),
        (HEADER.format("en"), "Language: unknown locale 'en'; allowed: uk, hu, ru"),
        (HEADER.format("uk_UA"), "Language: unknown locale 'uk_UA'"),
        ("", "Language: unknown locale ''"),
        ("hello", "not readable as a PO file: Syntax error on line 1"),
    ],
)
def test_a_file_that_is_no_such_po_file_is_named(text: str, told: str, folder: Path, po: Path):
    po.write_text(text)
    assert told in run("import", str(po), ends=1)


def test_a_po_file_in_another_encoding_is_named(folder: Path, po: Path):
    po.write_bytes((HEADER.format("uk") + UNIT.format(f"{CARD}#5")).replace('"x"', '"ї"').encode("cp1251"))
    assert "not readable as a PO file" in run("import", str(po), ends=1)


def test_english_and_unknown_locales_are_not_exported(folder: Path, po: Path):
    assert "'en' is not translated into; allowed: uk, hu" in run("export", "en", "--out", str(po), ends=1)
    run("export", "xx", "--out", str(po), ends=1)
    assert not po.exists()


def test_without_the_toolkit_the_command_says_what_to_install(folder: Path, po: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "content.po_file", None)
    monkeypatch.delattr("content.po_file")
    assert "translate-toolkit: run `make setup`" in run("export", "uk", "--out", str(po), ends=1)


BODY = """One line
and a second.

- item
  - below {{ fact.x }}

    its second paragraph
1. first
12. last

> said *aloud*
> in two lines

> - listed
"""


def test_the_words_of_blocks_are_found_and_put_back():
    blocks = parse(BODY, PATTERN, Proof().sheet(""))
    found = spans(BODY, blocks)
    assert [span.text for span in found] == [
        "One line\nand a second.",
        "item",
        "below {{ fact.x }}\n\nits second paragraph",
        "first",
        "last",
        "said *aloud*\nin two lines",
        "listed",
    ]
    texts = [span.text for span in found]
    assert with_texts(BODY, found, texts) == BODY
    others = [f"Щ{text}" for text in texts]
    again = with_texts(BODY, found, others)
    blocks_again = parse(again, PATTERN, Proof().sheet(""))
    assert [span.text for span in spans(again, blocks_again)] == others
    assert [(b.kind, b.depth, b.quoted) for b in blocks_again] == [(b.kind, b.depth, b.quoted) for b in blocks]


def test_the_fixture_is_sound(folder: Path):
    assert faults(folder) == []
