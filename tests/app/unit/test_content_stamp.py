"""Stamps, stale translations, coverage and what editors are reminded of."""

from datetime import date
from pathlib import Path

import pytest

from content.coverage import coverage
from content.fingerprint import fingerprint
from content.stamp import earlier, stale, stamp, stamped
from content.warnings import unconfirmed_critical_lines, warnings
from road.locale import LOCALES
from tests.app.fixtures.folder import FOLDER, edit, load

CARD = "answers/en/papers/card_renewal.md"
ARABIC = "answers/ar/papers/card_renewal.md"
UKRAINIAN = "answers/uk/safety/emergency_immediate_danger.now.md"
TODAY = date(2026, 11, 22)


def test_layout_does_not_change_a_fingerprint_and_words_do():
    assert fingerprint("A title", "One  two\r\n\r\nthree\n") == fingerprint("A title", "One two\n\nthree")
    assert fingerprint("A title", "caf\u00e9") == fingerprint("A title", "cafe\u0301")
    assert fingerprint("A title", "One two") != fingerprint("A title", "One too")
    assert fingerprint("A title", "One two") != fingerprint("Another title", "One two")
    assert len(fingerprint("", "")) == 12


def test_stamping_fills_in_what_was_never_stamped(folder: Path):
    assert stale(load(folder)) == [ARABIC, UKRAINIAN]
    assert stamp(folder, load(folder)) == [ARABIC, UKRAINIAN]
    assert stale(load(folder)) == []
    assert stamp(folder, load(folder)) == []


def test_a_stamp_changes_nothing_else_in_the_file(folder: Path):
    before = (folder / ARABIC).read_text()
    stamp(folder, load(folder))
    after = (folder / ARABIC).read_text()
    line = f"translates: {load(folder).articles['card_renewal', 'en', 'full'].fingerprint}\n"
    assert after.replace(line, "") == before
    assert after.index(line) < after.index("\n---\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: a\n---\nbody\n", "---\ntitle: a\ntranslates: 0123456789ab\n---\nbody\n"),
        ("---\r\ntitle: a\r\n---\r\nbody", "---\r\ntitle: a\r\ntranslates: 0123456789ab\r\n---\r\nbody"),
        ("\ufeff---\ntitle: a\n---\n", "\ufeff---\ntitle: a\ntranslates: 0123456789ab\n---\n"),
        (
            "---\ntranslates: ffffffffffff   # old\ntitle: a\n---\ntranslates: stays\n",
            "---\ntranslates: 0123456789ab   # old\ntitle: a\n---\ntranslates: stays\n",
        ),
        ("---\ntranslates:\ntitle: a\n---\n", "---\ntranslates: 0123456789ab\ntitle: a\n---\n"),
        ('---\n"translates" : "x"\n---\n', '---\n"translates": 0123456789ab\n---\n'),
    ],
)
def test_a_stamp_is_written_byte_for_byte(text: str, expected: str):
    assert stamped(text, "0123456789ab") == expected
    assert stamped(expected, "0123456789ab") == expected


def test_a_change_of_the_english_text_makes_its_translations_stale(folder: Path):
    stamp(folder, load(folder))
    edit(folder, CARD, "Bring two photos.", "Bring three photos.")
    assert stale(load(folder)) == [ARABIC]


def test_a_small_correction_keeps_translations_valid(folder: Path):
    stamp(folder, load(folder))
    old = load(folder).articles["card_renewal", "en", "full"].fingerprint
    edit(folder, CARD, "Bring two photos.", "Bring two photographs.")
    edit(folder, CARD, "literals:", f"same_meaning_as: [{old}]\nliterals:")
    assert stale(load(folder)) == []


def test_a_translation_brought_up_to_date_is_stamped_by_name(folder: Path):
    stamp(folder, load(folder))
    edit(folder, CARD, "Bring two photos.", "Bring three photos.")
    assert stamp(folder, load(folder)) == []
    assert stamp(folder, load(folder), [ARABIC]) == [ARABIC]
    assert stale(load(folder)) == []


def test_the_english_text_that_was_translated_can_be_read_later(folder: Path):
    old = load(folder).articles["card_renewal", "en", "full"].fingerprint
    stamp(folder, load(folder))
    edit(folder, CARD, "Bring two photos.", "Bring three photos.")
    assert "Bring two photos." in (earlier(folder, old) or "")
    assert earlier(folder, "0123456789ab") is None


def test_a_stale_translation_may_lack_a_new_value_and_a_fresh_one_may_not(folder: Path):
    stamp(folder, load(folder))
    edit(folder, CARD, "Bring two photos.", "Bring two photos. {{ fact.card_number }}")
    assert stale(load(folder)) == [ARABIC]


def test_coverage_counts_critical_topics_with_both_files_only(folder: Path):
    assert coverage(load(folder)) == {
        "topics": 4,
        "locales": {locale: {"answers": 0, "drafts": 0, "reviewed": 0, "stale": 0} for locale in LOCALES}
        | {
            "en": {"answers": 3, "drafts": 2, "reviewed": 1, "stale": 0},
            "ar": {"answers": 1, "drafts": 1, "reviewed": 0, "stale": 1},
        },
    }
    assert list(coverage(load(folder))["locales"]) == list(LOCALES)


def test_a_critical_topic_is_reviewed_when_both_its_texts_are(folder: Path):
    now, full = ("answers/en/safety/emergency_immediate_danger" + end for end in (".now.md", ".md"))
    edit(folder, now, 'by: "", on:', "by: Ilona Minta, on: 2026-11-02")
    assert coverage(load(folder))["locales"]["en"]["reviewed"] == 1
    edit(folder, full, 'by: "", on:', "by: Ilona Minta, on: 2026-11-02")
    assert coverage(load(folder))["locales"]["en"]["reviewed"] == 2


def test_editors_are_reminded_of_what_is_overdue_unconfirmed_stale_or_untranslated(folder: Path):
    edit(folder, "facts.yml", "review_after: 2027-05-22", "review_after: 2026-11-21")
    edit(folder, "places/old_office.yml", "review_after: 2027-05-22", "review_after: 2026-11-22")
    reminded = list(map(str, warnings(load(folder), TODAY)))
    assert "facts.yml: card_valid_until: was to be reviewed after 2026-11-21 [overdue]" in reminded
    assert not any("old_office" in warning for warning in reminded)
    assert "lines/okit.yml: critical, and nobody has confirmed it; it is shown [unconfirmed]" in reminded
    assert f"{ARABIC}: the English text has changed, or the translation was never stamped [stale]" in reminded
    assert "locale/uk: 1 interface texts are shown in English, only.english for one [untranslated]" in reminded
    assert any(warning.startswith("locale/vi: ") for warning in reminded)


def test_a_confirmed_critical_line_is_no_reminder(folder: Path):
    assert unconfirmed_critical_lines(load(folder)) == ["emergency_112", "okit"]
    edit(folder, "lines/okit.yml", "confirmed:", "confirmed: {by: Ilona Minta, on: 2026-11-21, how: called}")
    assert unconfirmed_critical_lines(load(folder)) == ["emergency_112"]


def test_what_is_only_a_reminder_is_no_fault():
    assert warnings(load(FOLDER), date(2030, 1, 1))
