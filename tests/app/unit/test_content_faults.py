"""Every way to spoil the content folder, and what an editor is told: file, line, what is wrong, what is allowed."""

import os
from pathlib import Path

import pytest

from content.folder import check
from content.snapshot import current, publish
from road.errors import ContentError
from tests.app.fixtures.folder import FOLDER, copy_to, edit, faults, load

NOW = "answers/en/safety/emergency_immediate_danger.now.md"
DANGER = "answers/en/safety/emergency_immediate_danger.md"
CARD = "answers/en/papers/card_renewal.md"
ARABIC = "answers/ar/papers/card_renewal.md"
UKRAINIAN = "answers/uk/safety/emergency_immediate_danger.now.md"
HOME = "answers/en/home_again/avrr_info.md"
NOTICE = "notices/water/en.md"
ENGLISH_PO = "locale/en/LC_MESSAGES/hotline.po"
UKRAINIAN_PO = "locale/uk/LC_MESSAGES/hotline.po"

SPOILED = [
    # YAML
    ("facts.yml", "type: date", "type: [date", "facts.yml:3: not readable as YAML"),
    (
        "facts.yml",
        "type: date\n",
        "type: date\n  colour: red\n",
        "facts.yml:3: card_valid_until: colour: unknown field",
    ),
    ("facts.yml", "meaning: Last", "meanin: Last", "did you mean meaning?"),
    ("facts.yml", "card_fee:", "card_valid_until:", "facts.yml:11: card_valid_until: stands here a second time"),
    (
        "facts.yml",
        "  meaning: Last day of the card\n",
        "",
        "facts.yml:2: card_valid_until: meaning: missing; must be a text",
    ),
    # Facts
    (
        "facts.yml",
        "value: 2027-03-04",
        "value: 2027-13-04",
        "facts.yml:3: card_valid_until: value: '2027-13-04' is not a date",
    ),
    ("facts.yml", "value: 22800", "value: a lot", "facts.yml:13: card_fee: value: 'a lot' is not a number"),
    ("facts.yml", "value: 22800", "value: Infinity", "facts.yml:13: card_fee: value: 'Infinity' is not a number"),
    ("facts.yml", "value: 22800", "value:", "value: missing; only a fact that is on hold may be unknown"),
    ("facts.yml", "currency: HUF", "currency: HUX", "'HUX' is not a currency code such as HUF"),
    ("facts.yml", "  currency: HUF\n", "", "currency: money has one, others have none"),
    ("facts.yml", "unit: day", "unit: fortnight", "is not one of empty, minute, hour, day, week, month, year"),
    ("facts.yml", "  unit: day\n", "", "unit: a duration has one, others have none"),
    ("facts.yml", "type: claim\n", "type: claim\n  value: 2\n", "a claim has none"),
    ("facts.yml", "https://papers.example/cards/", "papers.example", "'papers.example' is not a web address"),
    ("facts.yml", "cards@papers.example", "cards at papers", "'cards at papers' is not an e-mail address"),
    ("facts.yml", "type: email", "type: mail", "card_email: type: 'mail' is not one of date, money, number"),
    (
        "facts.yml",
        "source: office",
        "source:",
        "facts.yml:5: card_valid_until: source: missing; nothing is said without",
    ),
    ("facts.yml", "source: office", "source: offive", "'offive' is not in sources.yml"),
    ("facts.yml", "  source: office\n", "", "source: missing"),
    ("facts.yml", "as_of: 2026-02-20", "as_of: last week", "as_of: 'last week' is not a day, month or year"),
    ("facts.yml", "as_of: 2026-02-20", "as_of: 2026-02-30", "facts.yml:6: card_valid_until: as_of: '2026-02-30'"),
    ("facts.yml", "confidence: high", "confidence: sure", "'sure' is not one of high, med, low"),
    ("facts.yml", 'hold: "C"', 'hold: "D"', "'D' is not one of empty, C, 13B, 13C, gap"),
    ("facts.yml", "how: called", "how: dreamt", "called, visited, official page"),
    (
        "facts.yml",
        "review_after: 2027-05-22",
        "review_after: in May",
        "facts.yml:10: card_valid_until: review_after: 'in May'",
    ),
    ("facts.yml", "review_after: 2027-05-22", "review_after:", "is empty; must be a date such as 2026-12-01"),
    # Sources
    (
        "sources.yml",
        "url: https://papers.example/",
        "url: papers",
        "sources.yml:3: office: url: 'papers' is not a web address",
    ),
    ("sources.yml", "name: Office of Papers", "name:", "office: name: missing"),
    # Lines
    ("lines/okit.yml", 'number: "+3680205520"', 'number: "+3680205018"', "never swap okit and volret_line"),
    ("lines/river_line.yml", 'number: "+3680111222"', 'number: "+3680205520"', "number: +3680205520 is that of okit"),
    ("lines/river_line.yml", 'number: "+3680111222"', 'number: "112"', "is that of emergency_112 too"),
    (
        "lines/okit.yml",
        'number: "+3680205520"',
        'number: "+368020552"',
        "lines/okit.yml:4: number: '+368020552': no such tele",
    ),
    ("lines/okit.yml", 'number: "+3680205520"', 'number: "06 80 205 520"', "must be E.164, such as +3614639292"),
    ("lines/emergency_112.yml", 'number: "112"', 'number: "999999"', "no such short number is known in HU"),
    ("lines/emergency_112.yml", 'number: "112"', "number:", "missing; only a line on hold may be without one"),
    ("lines/okit.yml", "printed: 06 80 20 55 20", "printed: 06 80 20 50 18", "is not another way to write +3680205520"),
    (
        "lines/volret_line.yml",
        "Mo-Fr 08:00-16:00; PH off",
        "Mon to Fri",
        "lines/volret_line.yml:5: hours: 'Mon to Fri' is not in Open",
    ),
    ("lines/volret_line.yml", "Mo-Fr 08:00-16:00; PH off", "Jan Mo-Fr 08:00-16:00", "cannot be put into words"),
    ("lines/okit.yml", "languages: [hu]", "languages: [magyar]", "'magyar' is not a language code such as uk"),
    ("lines/okit.yml", "languages: [hu]", "languages: hu", "is not a list such as [a, b]"),
    (
        "lines/okit.yml",
        "callable_from: [HU]",
        "callable_from: [XQ]",
        "'XQ' is not a country code such as HU, nor `any`",
    ),
    ("lines/okit.yml", "critical: true", "critical: yes", "'yes' is not true or false"),
    ("lines/okit.yml", "cost: free", "cost: cheap", "'cheap' is not one of empty, free, national"),
    ("lines/okit.yml", "  en: Crisis line OKIT\n", "", "name: the English one (en) is missing"),
    ("lines/okit.yml", "  uk: Криз", "  ua: Криз", "unknown locale ua; allowed: uk, hu, en"),
    ("lines/okit.yml", "source: office", "source: nobody", "lines/okit.yml:11: source: 'nobody' is not in sources.yml"),
    # Places
    ("places/card_office.yml", "kind: office", "kind: tent", "'tent' is not one of infopoint, centre, office"),
    ("places/card_office.yml", "lat: 47.48\n", "", "lat and lon stand together or not at all"),
    ("places/card_office.yml", "lat: 47.48", "lat: 4748", "4748.0, 19.05 is no place on earth"),
    ("places/card_office.yml", "lat: 47.48", "lat: north", "'north' is not a number"),
    ("places/card_office.yml", "+3614639292", "+361463929", "no such telephone number exists"),
    (
        "places/card_office.yml",
        "Mo-Fr 08:00-16:00; PH off",
        "8 to 16",
        "places/card_office.yml:9: opening_hours: '8 to 16'",
    ),
    # Topics
    (
        "topics.yml",
        "related: [card_renewal]",
        "related: [card_renewl]",
        "unknown topic card_renewl; did you mean card_renewal?",
    ),
    (
        "topics.yml",
        "related: [card_renewal]",
        "related: [avrr_info]",
        "voluntary return (avrr_info) is never offered below",
    ),
    ("topics.yml", "urgency: medium", "urgency: hihg", "topics.yml:18: urgency: 'hihg' is not one of critical, high"),
    ("topics.yml", "    page: now\n", "", "critical topics call somebody"),
    ("topics.yml", "    visibility: focal\n", "", "page and visibility: both focal or neither"),
    ("topics.yml", "id: greet", "id: avrr_info", "avrr_info stands here a second time"),
    ("topics.yml", "topics:", "topic:", "must be a list `topics:`"),
    # Answers: front matter
    (CARD, "---\ntitle", "title", f"{CARD}:1: must begin with a line `---`"),
    (CARD, "title: Renew your card\n", "", f"{CARD}:2: title: missing; must be a text"),
    (CARD, "title: Renew your card", "title:", "title: missing"),
    (CARD, "Renew your card", "Renew your card " * 3, f"{CARD}:2: title: 47 characters; at most 40"),
    (CARD, "title: Renew your card", "title: Renew *your* card", "plain words on one line only"),
    (
        CARD,
        "{by: Ilona Minta, on: 2026-11-02}",
        "{by: Ilona Minta, on: }",
        f"{CARD}:3: reviewed: `by` and `on` stand tog",
    ),
    (CARD, "on: 2026-11-02", "on: yesterday", "on: 'yesterday' is not a date"),
    (CARD, "sources: [charity]", "sources: [charities]", "unknown source charities; did you mean charity?"),
    (CARD, "sources: [charity]", "translates: 3f2a9c01b7de", "English is the source and translates nothing"),
    (CARD, "sources: [charity]", "same_meaning_as: [old]", "'old' is not a fingerprint"),
    (
        ARABIC,
        'reviewed: {by: "", on: }',
        'reviewed: {by: "", on: }\nsources: [charity]',
        "stands in the English file only",
    ),
    (CARD, '"24": name of a form', '"24":', "with the reason why it may stand in the text"),
    (
        CARD,
        '"24": name of a form',
        '"24": name\n  "06 80 20 55 20": line',
        "telephone numbers and amounts are never literals",
    ),
    (CARD, '"24": name of a form', '"24": name\n  "500 Ft": fee', "telephone numbers and amounts are never literals"),
    (CARD, '"24": name of a form', '"24": name\n  "112": line', "'112' is the number of line emergency_112"),
    # Answers: text
    (CARD, "Bring two photos.", "Bring 2 photos.", f"{CARD}:10: the number 2 stands in the text"),
    (CARD, "form 24", "form 240", f"{CARD}:12: the number 240 stands in the text"),
    (CARD, "Bring two", "Call +36 (80) 205-520, bring", f"{CARD}:10: the number +36 (80) 205-520 stands in the text"),
    (ARABIC, "صورتين", "٢ صورتين", f"{ARABIC}:9: the number ٢ stands in the text"),
    (CARD, "fact.card_fee", "fact.card_fees", f"{CARD}:18: unknown fact card_fees; did you mean card_fee?"),
    (CARD, "fact.card_fee ", "fact.card_fee.amount ", "a fact has no parts; write {{ fact.card_fee }}"),
    (
        CARD,
        "place.card_office.address",
        "place.card_office.street",
        "unknown part street; allowed: name, address, hours",
    ),
    (CARD, "place.card_office.address", "place.card_office", "unknown part (none)"),
    (CARD, "{{ fact.card_fee }}", "{{ card_fee }}", "unknown placeholder {{ card_fee }}; allowed: fact.<id>"),
    (CARD, "{{ fact.card_fee }}", "{{ fact.card_fee", f"{CARD}:18: doubled braces that are no placeholder"),
    (CARD, "{{ fact.card_fee }}", "{{ fact.card_fee | upper }}", "unknown placeholder {{ fact.card_fee | upper }}"),
    (CARD, "A **copy**", "A <b>copy</b>", f"{CARD}:12: HTML is not allowed (<b>); allowed: paragraphs"),
    (CARD, "A **copy**", "<script>alert(1)</script>", f"{CARD}:12: HTML is not allowed (<script>)"),
    (CARD, "https://river.example/a?b=1&c=2", "javascript:alert(1)", "a link goes to https://…"),
    (CARD, "fact.card_fee ", "fact.card_fee.__class__ ", "unknown placeholder {{ fact.card_fee.__class__ }}"),
    (CARD, "fact.card_fee ", "fact.__globals__ ", "unknown fact __globals__"),
    (CARD, "{{ fact.card_fee }}", "{% import os %}", f"{CARD}:18: doubled braces that are no placeholder"),
    (CARD, "What to bring:", "## What to bring", f"{CARD}:14: headings are not allowed"),
    (CARD, "What to bring:", "| a | b |\n|---|---|\n| c | d |", f"{CARD}:14: tables are not allowed"),
    (CARD, "What to bring:", "![map](https://river.example/map.png)", "images are not allowed"),
    (CARD, "What to bring:", "```\ncode\n```", "code is not allowed"),
    (
        CARD,
        "https://river.example/a?b=1&c=2",
        "http://river.example/",
        "a link goes to https://…, not to 'http://river.example/'",
    ),
    (CARD, "https://river.example/a?b=1&c=2", "tel:112", "a link goes to https://…"),
    (NOW, "Call now: {{ line.emergency_112.number }}\n", "", f"{NOW}:6: the text is missing below the front matter"),
    (NOW, "line.emergency_112.number", "line.river_line.number", f"{NOW}:6: names no critical line's number"),
    (
        DANGER,
        "line.okit.hours",
        "line.river_line.number",
        "{{ line.river_line.number }} may not be shown and would hide",
    ),
    (
        DANGER,
        "line.okit.number",
        "line.volret_line.number",
        f"{DANGER}:8: line.volret_line.number: voluntary return is never offered in safety, asylum",
    ),
    (HOME, "Ask first", "Ask OKIT first", "speaks of OKIT and gives the number of volret_line"),
    (UKRAINIAN, "{{ line.emergency_112.number }}", "швидко", "the English text has {{ line.emergency_112.number }}"),
    (
        UKRAINIAN,
        "зараз: {{",
        "зараз: {{ line.okit.number }} {{",
        "has {{ line.okit.number }}, which the English text has not",
    ),
    (
        ARABIC,
        "{{ fact.card_photo }}أحضر صورتين.\n\n{{ fact.card_copy }}",
        "أحضر صورتين.\n\n{{ fact.card_copy }}{{ fact.card_photo }}",
        f"{ARABIC}:9: the English text has {{{{ fact.card_photo }}}}, this one has not here",
    ),
    (
        ARABIC,
        "- جواز السفر\n",
        "",
        f"{ARABIC}:18: from here on the blocks are not those of the English text, which goes on 'fee:'",
    ),
    (ARABIC, "1. اكتب", "- اكتب", "which goes on 'Write to'; 9 paragraphs and 7 list items there"),
    (ARABIC, "> للقراءة", "للقراءة", f"{ARABIC}:31: from here on the blocks are not those"),
    # Notices
    (NOTICE, "until: 2026-11-22", "until: 31.02.2026", "until: '31.02.2026' is not a date such as 2026-12-01"),
    (NOTICE, "until: 2026-11-22", "until: 2026-02-31", "until: '2026-02-31' is not a date such as 2026-12-01"),
    (NOTICE, "until: 2026-11-22", "until: 2026-11-19", f"{NOTICE}:3: until: is before `from`"),
    (NOTICE, "topics: [card_renewal]", "topics: [cards]", f"{NOTICE}:4: topics: unknown topic cards"),
    (NOTICE, "topics: [card_renewal]", "topics: []", "name topics, or [all] for every answer"),
    (NOTICE, "from: 2026-11-20", "from: 2026-11-21", "notices/water/uk.md:1: from, until and topics must be as in"),
    (NOTICE, "no water", "{{ fact.water }}", "unknown fact water"),
    # Urgent phrases
    (
        "urgent/en.txt",
        "= helper_misconduct",
        "= helper_misconducts",
        "urgent/en.txt:5: unknown critical topic helper_misconducts; did you",
    ),
    ("urgent/en.txt", "= helper_misconduct", "= card_renewal", "unknown critical topic card_renewal"),
    ("urgent/en.txt", "want* to kill me", "*want to kill me", "urgent/en.txt:4: `*` stands only at the end of a word"),
    ("urgent/en.txt", "help me", "!!! = emergency_immediate_danger", "'!!!' has no words"),
    (
        "urgent/uk.txt",
        "допоможіть",
        "HELP me = helper_misconduct",
        "the same words mean emergency_immediate_danger elsewhere",
    ),
    # Interface texts
    (UKRAINIAN_PO, "Вітаємо, **{name}**!", "Вітаємо!", "greeting.welcome: placeholders differ from English: has none"),
    (
        UKRAINIAN_PO,
        "Вітаємо, **{name}**!",
        "Вітаємо, {Name}!",
        "{Name} is not a placeholder; write {name} in small letters",
    ),
    (UKRAINIAN_PO, "{name}**!", "{name.__class__}**!", "{name.__class__} is not a placeholder"),
    (UKRAINIAN_PO, "{name}**!", "{name!r}**!", "{name!r} is not a placeholder"),
    (ENGLISH_PO, "Only here", "Only {name:>99}", "{name:>99} is not a placeholder"),
    (UKRAINIAN_PO, "Вітаємо, **{name}**!", "Вітаємо, {name!", "greeting.welcome: braces do not pair"),
    (UKRAINIAN_PO, "Вітаємо, **{name}**!", "Вітаємо, <b>{name}</b>!", "HTML is not allowed"),
    (UKRAINIAN_PO, 'msgstr[2] "{n} карток"\n', "", "count.cards: 2 plural forms; needs all 3"),
    (UKRAINIAN_PO, "nplurals=3", "nplurals=2", f"{UKRAINIAN_PO}:1: Plural-Forms: nplurals=2; uk has nplurals=3"),
    (UKRAINIAN_PO, "Так, {name}", "Так, {name}" + "!" * 40, "51 characters; a button has at most 40"),
    (UKRAINIAN_PO, 'msgid "button.yes"', 'msgid "button.yeah"', "button.yeah: unknown key; English does not have it"),
    (UKRAINIAN_PO, 'msgid "button.yes"', 'msgid "group.papers"', "group.papers: stands here a second time"),
    (UKRAINIAN_PO, 'msgid "button.yes"', "msgidd", "not readable as a gettext catalogue"),
    (ENGLISH_PO, 'msgid "button.yes"', 'msgid "Yes, {name}"', "a key is small letters with a dot"),
    (ENGLISH_PO, 'msgid "topic.neutral"', 'msgid "topic.other"', "topic.neutral: missing"),
    (ENGLISH_PO, 'msgid "group.papers"', 'msgid "group.paper"', "group.papers: missing"),
    (ENGLISH_PO, 'msgstr "Only here"', 'msgstr ""', "only.english: the English text is missing"),
]


def test_the_fixture_is_sound():
    assert faults(FOLDER) == []


@pytest.mark.parametrize(("path", "old", "new", "told"), SPOILED, ids=[f"{p}: {t[:60]}" for p, _, _, t in SPOILED])
def test_a_spoiled_file_is_named_with_its_line(path: str, old: str, new: str, told: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, path, old, new)
    found = faults(folder)
    assert [fault for fault in found if told in fault], found


def test_one_malformed_entry_does_not_make_everything_that_names_it_a_fault(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "facts.yml", "type: date", "type: day")
    edit(folder, "sources.yml", "url: https://river.example/help", "link: https://river.example/help")
    edit(folder, "topics.yml", "urgency: medium", "urgency: some")
    assert {fault.split(":")[0] for fault in faults(folder)} == {"facts.yml", "sources.yml", "topics.yml"}


def test_all_faults_are_collected_and_sorted(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "facts.yml", "value: 22800", "value: much")
    edit(folder, "facts.yml", "value: 2027-03-04", "value: soon")
    edit(folder, CARD, "Bring two photos.", "Bring 2 photos.")
    assert [(fault.path.as_posix(), fault.line) for fault in check(folder)] == [
        (CARD, 10),
        ("facts.yml", 3),
        ("facts.yml", 13),
    ]


MISPLACED = [
    ("answers/en/papers/unknown_topic.md", "unknown topic unknown_topic"),
    ("answers/en/safety/card_renewal.md", "is in the folder safety, but the group of card_renewal is papers"),
    ("answers/en/papers/card_renewal.now.md", "only critical topics have a .now.md; card_renewal is medium"),
    ("answers/xx/papers/card_renewal.md", "unknown locale xx; allowed: uk, hu, en"),
    ("answers/uk/home_again/avrr_info.txt", "is not a file of the content folder"),
    ("lines/Big Line.yml", "is not a file of the content folder"),
    ("places/Card_Office.yml", "is not a file of the content folder"),
    ("places/card_office.yaml", "is not a file of the content folder"),
    ("urgent/fi.txt", "unknown locale fi"),
    ("outside/uk.yml", "unknown locale uk"),
    ("notices/snow/uk.md", "notices/snow/en.md: is missing; English is the source"),
    ("answers/uk/safety/helper_misconduct.md", "helper_misconduct is critical and needs helper_misconduct.now.md"),
    ("answers/uk/safety/helper_misconduct.md", "there is no sound English text beside it"),
]


@pytest.mark.parametrize(("path", "told"), MISPLACED)
def test_a_misplaced_file_is_named(path: str, told: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text((FOLDER / CARD).read_text())
    found = faults(folder)
    assert [fault for fault in found if told in fault], found


@pytest.mark.parametrize("path", ["topics.yml", "facts.yml", "sources.yml", ENGLISH_PO])
def test_a_missing_file_is_named(path: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / path).unlink()
    assert f"{path}: is missing" in faults(folder)


@pytest.mark.parametrize(
    "path", ["topics.yml", "facts.yml", "sources.yml", "lines/okit.yml", CARD, ENGLISH_PO, "urgent/en.txt"]
)
def test_an_empty_file_is_no_crash(path: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / path).write_text("")
    assert isinstance(faults(folder), list)


@pytest.mark.parametrize(
    "path", ["topics.yml", "facts.yml", "lines/okit.yml", CARD, ENGLISH_PO, "urgent/en.txt", NOTICE]
)
def test_what_is_no_text_is_named_and_no_crash(path: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / path).write_bytes((folder / path).read_bytes()[:40] + b"\xff\xfe\x00" + os.urandom(200))
    assert any(fault.startswith(f"{path}:") and "is not UTF-8 text" in fault for fault in faults(folder))


HIDDEN = [
    (
        CARD,
        "Bring two",
        "Bring\u200b two",
        f"{CARD}:10: U+200B (zero width space) stands here unseen after 't.card_photo }}}}Bring'",
    ),
    (ARABIC, "صورتين", "\u202eصورتين", f"{ARABIC}:9: U+202E (right-to-left override) stands here unseen"),
    (ARABIC, "صورتين", "\u2067صورتين", "U+2067 (right-to-left isolate)"),
    (ARABIC, "صورتين", "\u200fصورتين", "U+200F (right-to-left mark)"),
    (ARABIC, "صورتين", "صور\u200cتين", f"{ARABIC}:9: U+200C (zero width non-joiner) stands here unseen"),
    (UKRAINIAN, "зараз", "за\u200cраз", "U+200C (zero width non-joiner) stands here unseen"),
    (UKRAINIAN_PO, "Так", "Та\u00adк", "U+00AD (soft hyphen) stands here unseen after"),
    ("urgent/en.txt", "help me", "help\x00me", "urgent/en.txt:2: U+0000 (a control character)"),
    ("facts.yml", "meaning: Last", "meaning: \ufeffLast", "facts.yml:4: U+FEFF (zero width no-break space)"),
    (NOTICE, "no water", "no\u2060 water", "U+2060 (word joiner)"),
]


@pytest.mark.parametrize(("path", "old", "new", "told"), HIDDEN, ids=[told for _, _, _, told in HIDDEN])
def test_a_character_that_nobody_sees_is_named(path: str, old: str, new: str, told: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, path, old, new)
    found = faults(folder)
    assert [fault for fault in found if told in fault], found


def test_the_joiners_of_persian_are_spelling(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / "urgent/fa.txt").write_text("کمک می\u200cخواهم\n")
    assert faults(folder) == []


def test_a_file_of_five_megabytes_is_named_and_not_read(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / CARD).write_text((folder / CARD).read_text() + "word " * 1_000_000)
    (folder / "lines/okit.yml").write_text("#" * 5_000_000)
    assert [fault for fault in faults(folder) if "bytes" in fault] == [
        f"{CARD}: has 5,000,790 bytes; at most 1,000,000",
        "lines/okit.yml: has 5,000,000 bytes; at most 1,000,000",
    ]
    assert not [fault for fault in faults(folder) if "unknown line" in fault]


@pytest.mark.parametrize("path", [CARD, "facts.yml", "answers/uk/papers/card_renewal.md", "places", "notices/heat"])
def test_a_link_is_named_wherever_it_leads(path: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    if (folder / path).exists():
        (folder / path).rename(tmp_path / "outside")
    (folder / path).parent.mkdir(exist_ok=True, parents=True)
    (folder / path).symlink_to(tmp_path / "outside")
    assert f"{path}: is a link to another file; put the file itself here" in faults(folder)


def test_a_link_is_not_published_as_the_file_it_leads_to(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / HOME).rename(tmp_path / "outside.md")
    (folder / HOME).symlink_to(tmp_path / "outside.md")
    with pytest.raises(ContentError, match="is a link to another file"):
        publish(folder, tmp_path / "var")
    assert current(tmp_path / "var") is None


def test_text_of_another_encoding_is_named_with_its_line(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / UKRAINIAN).write_bytes((folder / UKRAINIAN).read_text().encode("cp1251"))
    assert f"{UKRAINIAN}:2: is not UTF-8 text; save the file as UTF-8" in faults(folder)
    (folder / UKRAINIAN).write_text((FOLDER / UKRAINIAN).read_text(), encoding="utf-16")
    assert f"{UKRAINIAN}:1: is not UTF-8 text; save the file as UTF-8" in faults(folder)


@pytest.mark.parametrize("path", [CARD, "facts.yml", "lines/okit.yml", "topics.yml", ENGLISH_PO, NOTICE])
def test_a_half_written_file_is_never_a_crash(path: str, tmp_path: Path):
    folder = copy_to(tmp_path)
    whole = (FOLDER / path).read_bytes()
    for part in range(1, 12):
        (folder / path).write_bytes(whole[: len(whole) * part // 12])
        assert isinstance(faults(folder), list)


def test_an_answer_that_ends_in_its_fields_is_named(tmp_path: Path):
    folder = copy_to(tmp_path)
    (folder / CARD).write_text((FOLDER / CARD).read_text()[:40])
    assert [fault for fault in faults(folder) if fault.startswith(f"{CARD}:1: must begin with a line `---`")]


def test_what_editors_leave_behind_is_no_fault(tmp_path: Path):
    folder = copy_to(tmp_path)
    for name in (".card_renewal.md.swp", "card_renewal.md~", ".DS_Store"):
        (folder / "answers/en/papers" / name).write_text("x")
    assert faults(folder) == []


def test_files_with_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path):
    folder = copy_to(tmp_path)
    text = (folder / CARD).read_text()
    (folder / CARD).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert faults(folder) == []
    assert (
        load(folder).articles["card_renewal", "en", "full"].fingerprint
        == load(FOLDER).articles["card_renewal", "en", "full"].fingerprint
    )


def test_loading_a_spoiled_folder_raises_its_first_fault(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "facts.yml", "value: 22800", "value: much")
    edit(folder, "facts.yml", "value: 12000", "value: many")
    with pytest.raises(ContentError, match=r"facts.yml:13: .*and 1 more"):
        load(folder)


def test_a_confirmed_line_may_have_another_number_than_the_known_one(tmp_path: Path):
    folder = copy_to(tmp_path)
    edit(folder, "lines/okit.yml", "+3680205520", "+3680205999")
    edit(folder, "lines/okit.yml", "printed: 06 80 20 55 20\n", "")
    edit(folder, "lines/okit.yml", "confirmed:", "confirmed: {by: Ilona Minta, on: 2026-12-01, how: called}")
    assert faults(folder) == []
