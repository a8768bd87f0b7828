"""Files in decisions: what the person hears of one that is too large, and what the transcript keeps."""

import pytest
from msgspec.structs import replace

from actions import takeover
from actions.discreet import AT_HAND_S
from actions.route import route
from content.content import Content
from road.case import Case, CaseState
from road.errors import NotAllowed
from road.locale import LOCALES
from road.media import FETCH_BYTES
from road.reply import Say, SendFile
from road.session import Remembered, Session
from road.turn import Address, Attachment, Channel, TurnKind
from tests.app.unit.stage import NIGHT, account, case, html_of, scene, sent, session

SMALL = Attachment(file_id="F1", size_bytes=FETCH_BYTES, media_type="video/mp4")
LARGE = replace(SMALL, size_bytes=50_000_000)
MAP = Attachment(file_id="own:1", size_bytes=99, media_type="image/png", name="map.png")


def sends(file: Attachment) -> object:
    return replace(sent(TurnKind.FILE), attachment=file)


@pytest.mark.parametrize("state", [CaseState.WAITING, CaseState.ACTIVE])
@pytest.mark.parametrize("locale", LOCALES)
def test_who_sends_a_file_that_nobody_can_open_is_told_so(content: Content, state: CaseState, locale: str) -> None:
    kept = session(locale, locale_chosen=True)
    outcome = route(sends(LARGE), scene(None, case(state), session=kept), content)  # type: ignore[arg-type]
    assert outcome.replies, "also while a colleague has the case"
    last = outcome.replies[-1]
    assert isinstance(last, Say)
    assert last.html == content.text("file.too_large", locale, megabytes=20)


def test_a_file_of_the_largest_size_is_taken_in_silence_by_a_colleague(content: Content) -> None:
    outcome = route(sends(SMALL), scene(None, case(CaseState.ACTIVE)), content)  # type: ignore[arg-type]
    assert outcome.replies == ()
    assert outcome.entries[0].file == SMALL


def test_without_a_case_nobody_would_look_at_the_file_and_size_does_not_matter(content: Content) -> None:
    outcome = route(sends(LARGE), scene(), content)  # type: ignore[arg-type]
    assert content.text("file.too_large", "ar", megabytes=20) not in html_of(outcome)


def send(of: Case, content: Content, *, kept: Session | None = None, text: str = "", at: float = NIGHT):  # type: ignore[no-untyped-def]
    remembered = Remembered(person="p", version=1, session=kept or session(at=NIGHT), cases=(of,))
    return takeover.send_file(remembered, of, account("anna"), content, at, file=MAP, text=text)


def test_a_file_answers_the_person_and_stands_in_the_transcript(content: Content) -> None:
    outcome = send(case(CaseState.ACTIVE), content, text=" <b>here</b> ")
    (reply,) = outcome.replies
    name = outcome.entries[0].name
    assert name
    assert reply == SendFile(file=MAP, html="&lt;b&gt;here&lt;/b&gt;", case_id="K7QF2M", name=name)
    assert [(entry.text, entry.by, entry.file) for entry in outcome.entries] == [("<b>here</b>", "anna", MAP)]
    assert outcome.cases[0].unanswered_since is None


@pytest.mark.parametrize(
    ("of", "how", "why"),
    [
        (case(CaseState.ACTIVE), {"text": "x" * 1001}, "too_long"),
        (case(CaseState.ACTIVE, operator="bela"), {}, "not_yours"),
        (case(CaseState.ACTIVE, undelivered=True), {}, "unreachable"),
        (case(CaseState.ACTIVE, sensitive=True), {"at": NIGHT + AT_HAND_S + 1}, "not_at_hand"),
        (case(CaseState.ACTIVE), {"kept": Session(address=Address(Channel.WEB, "t"))}, "no_files_there"),
    ],
)
def test_a_file_is_refused_with_its_reason(content: Content, of: Case, how: dict[str, object], why: str) -> None:
    with pytest.raises(NotAllowed) as refusal:
        send(of, content, **how)
    assert refusal.value.why == why


def test_telegrams_reference_can_not_be_learned_from_a_files_id() -> None:
    assert "F1" not in SMALL.id
    assert SMALL.id == replace(LARGE, size_bytes=1).id != MAP.id
