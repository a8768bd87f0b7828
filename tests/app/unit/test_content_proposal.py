"""Emergency content and the second person: nobody publishes it alone, whatever they try, and nothing is doubled."""

import os
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from content import proposal, snapshot
from content.change import critical_changes
from content.folder import read
from content.history import Published, Signature, Step, are_two
from content.proposal import Confirmation, Proposal
from road.errors import ContentError, HotlineError, Overtaken, SecondPersonMissing, SetupError
from tests.app.fixtures.folder import SUNDAY_NIGHT, copy_to, edit, load

CARD = "answers/en/papers/card_renewal.md"
NOW = "answers/uk/safety/emergency_immediate_danger.now.md"
CHANGED = "answer emergency_immediate_danger (uk)"


class Desk:
    """A folder that is published, and those who work on it."""

    def __init__(self, place: Path) -> None:
        self.folder, self.data_dir = copy_to(place), place / "var"
        self.first = snapshot.publish(self.folder, self.data_dir, self.clock).version

    @staticmethod
    def clock() -> float:
        return SUNDAY_NIGHT

    @property
    def live(self) -> str:
        return snapshot.current(self.data_dir) or ""

    @property
    def draft(self) -> str:
        return read(self.folder)[0].version

    @property
    def newest(self) -> Published:
        return snapshot.versions(self.data_dir)[0]

    def edits(self) -> None:
        """Something that a person in danger reads."""
        edit(self.folder, NOW, "зараз", "негайно")

    def proposes(self, by: str, *, back_to: str = "") -> Proposal:
        step = Step(before=self.live, after=back_to or self.draft)
        signature = Signature(deed="went back" if back_to else "published", by=by, why="as the police asked")
        return proposal.propose(self.data_dir, step, signature, draft=self.draft, clock=self.clock)

    def confirms(self, by: str, made: Proposal, *looked: str) -> str:
        said = Confirmation(mark=made.mark, by=by, looked=looked)
        return proposal.confirm(self.folder, self.data_dir, self.clock, confirmation=said)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_two_people_publish_it_and_both_are_remembered(desk: Desk) -> None:
    desk.edits()
    made = desk.proposes("anna")
    assert proposal.waiting(desk.data_dir) == made
    assert desk.confirms("bela", made, CHANGED) == desk.live == desk.draft
    assert (desk.newest.by, desk.newest.second, desk.newest.why) == ("anna", "bela", "as the police asked")
    assert desk.newest.critical == (CHANGED,)
    assert proposal.waiting(desk.data_dir) is None


@pytest.mark.parametrize("name", ["anna", "ANNA", " Anna ", "an na", "ａｎｎａ", ""])
def test_nobody_confirms_their_own_proposal_however_they_write_their_name(desk: Desk, name: str) -> None:
    desk.edits()
    made = desk.proposes("anna")
    with pytest.raises(SecondPersonMissing):
        desk.confirms(name, made, CHANGED)
    assert desk.live == desk.first
    assert proposal.waiting(desk.data_dir) == made


def test_names_of_two_people_are_two_however_alike(desk: Desk) -> None:
    assert are_two("Éva", "Eva")
    assert not are_two("STRASSE", "straße")
    assert not are_two("\u0045\u0301va", "éva")


def test_who_has_not_looked_at_everything_does_not_publish_it(desk: Desk) -> None:
    desk.edits()
    edit(desk.folder, "lines/okit.yml", "free", "national")
    made = desk.proposes("anna")
    with pytest.raises(SecondPersonMissing) as refused:
        desk.confirms("bela", made, CHANGED)
    assert "lines/okit.yml (cost)" in refused.value.changed
    assert CHANGED not in refused.value.changed
    assert desk.live == desk.first


def test_a_draft_that_changed_since_makes_a_proposal_void(desk: Desk) -> None:
    desk.edits()
    made = desk.proposes("anna")
    edit(desk.folder, CARD, "Bring two photos.", "Bring three photos.")
    assert not made.fits(live=desk.live, draft=desk.draft)
    with pytest.raises(Overtaken):
        desk.confirms("bela", made, CHANGED)
    assert desk.live == desk.first
    assert desk.proposes("bela").by == "bela", "a void one makes way"


def test_what_was_published_meanwhile_makes_a_proposal_void_and_nothing_is_doubled(desk: Desk) -> None:
    desk.edits()
    made = desk.proposes("anna")
    snapshot.publish(
        desk.folder, desk.data_dir, desk.clock, signature=Signature(by="cili", emergency="the line is down")
    )
    assert not made.fits(live=desk.live, draft=desk.draft)
    with pytest.raises(Overtaken):
        desk.confirms("bela", made, CHANGED)
    assert [entry.by for entry in snapshot.versions(desk.data_dir)] == ["cili", ""]


def test_a_proposal_that_waits_is_not_overwritten_and_only_it_is_withdrawn(desk: Desk) -> None:
    desk.edits()
    made = desk.proposes("anna")
    with pytest.raises(Overtaken, match="anna"):
        desk.proposes("bela")
    with pytest.raises(Overtaken):
        proposal.withdraw(desk.data_dir, replace(made, by="bela").mark)
    proposal.withdraw(desk.data_dir, made.mark)
    assert proposal.waiting(desk.data_dir) is None
    with pytest.raises(Overtaken):
        desk.confirms("bela", made, CHANGED)
    assert desk.live == desk.first


def test_going_back_over_emergency_content_is_proposed_and_confirmed_alike(desk: Desk) -> None:
    desk.edits()
    second = desk.confirms("bela", desk.proposes("anna"), CHANGED)
    made = desk.proposes("bela", back_to=desk.first)
    edit(desk.folder, CARD, "Bring two photos.", "Bring three photos.")
    assert made.fits(live=second, draft=desk.draft), "the draft has nothing to do with it"
    with pytest.raises(SecondPersonMissing):
        desk.confirms("bela", made, CHANGED)
    assert desk.confirms("anna", made, CHANGED) == desk.first == desk.live
    assert (desk.newest.deed, desk.newest.by, desk.newest.second) == ("went back", "bela", "anna")


def test_a_snapshot_that_is_not_kept_cannot_be_gone_back_to(desk: Desk) -> None:
    made = desk.proposes("anna", back_to="../../etc")
    with pytest.raises(SetupError):
        desk.confirms("bela", made, CHANGED)


def test_a_folder_with_faults_is_not_published_by_two_either(desk: Desk) -> None:
    desk.edits()
    made = desk.proposes("anna")
    edit(desk.folder, "facts.yml", "value: 22800", "value: much")
    with pytest.raises(ContentError):
        desk.confirms("bela", made, CHANGED)


def test_who_made_all_of_the_changes_may_be_the_second_person(desk: Desk) -> None:
    """Two people have looked: whoever saved them, and whoever proposes them."""
    desk.edits()
    assert desk.confirms("bela", desk.proposes("anna"), CHANGED) == desk.live


def test_of_two_who_confirm_at_once_one_publishes_and_one_is_told(desk: Desk) -> None:
    desk.edits()
    made = desk.proposes("anna")
    told: list[str] = []

    def confirms(name: str) -> None:
        try:
            desk.confirms(name, made, CHANGED)
            told.append("published")
        except Overtaken:
            told.append("overtaken")

    threads = [threading.Thread(target=confirms, args=(name,)) for name in ("bela", "cili", "dora")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["overtaken", "overtaken", "published"]
    assert [entry.by for entry in snapshot.versions(desk.data_dir)] == ["anna", ""]


def test_a_judge_sees_the_step_and_stops_it(desk: Desk) -> None:
    desk.edits()
    seen: list[Step] = []

    def judge(step: Step) -> None:
        seen.append(step)
        raise Overtaken("no")

    with pytest.raises(Overtaken):
        snapshot.publish(desk.folder, desk.data_dir, desk.clock, judge=judge)
    with pytest.raises(SetupError):
        snapshot.go_back(desk.data_dir, judge=judge)
    assert seen == [Step(before=desk.first, after=desk.draft, critical=(CHANGED,))]
    assert desk.live == desk.first
    assert sorted(path.name for path in snapshot.root(desk.data_dir).iterdir()) == sorted(
        [desk.first, "current", "history.jsonl"]
    )


class Crash(BaseException):
    """The process is gone: nothing of ours may catch it."""


def test_after_a_crash_before_the_pointer_people_read_what_they_read_and_it_is_confirmed_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edits()
    made = desk.proposes("anna")
    with monkeypatch.context() as crashing:
        crashing.setattr(os, "replace", _crash)
        with pytest.raises(Crash):
            desk.confirms("bela", made, CHANGED)
    assert desk.live == desk.first
    assert desk.confirms("bela", made, CHANGED) == desk.live != desk.first


def test_after_a_crash_before_the_proposal_is_taken_away_it_is_void(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.edits()
    made = desk.proposes("anna")
    with monkeypatch.context() as crashing:
        crashing.setattr(proposal, "withdraw", _crash)
        with pytest.raises(Crash):
            desk.confirms("bela", made, CHANGED)
    left = proposal.waiting(desk.data_dir)
    assert left is not None
    assert not left.fits(live=desk.live, draft=desk.draft)
    with pytest.raises(Overtaken):
        desk.confirms("bela", made, CHANGED)
    assert len(snapshot.versions(desk.data_dir)) == 2


def test_a_torn_proposal_is_none(desk: Desk) -> None:
    (snapshot.root(desk.data_dir) / "proposal.json").write_text('{"deed": "publ')
    assert proposal.waiting(desk.data_dir) is None
    desk.edits()
    assert desk.proposes("anna").by == "anna"


def _crash(*_: object) -> None:
    raise Crash


ALONE = ["anna", "ANNA", " anna"]
"""One account, however its name is written."""


def _attempts(desk: Desk, name: str) -> dict[str, Callable[[], object]]:
    """What somebody alone may try."""
    made = proposal.waiting(desk.data_dir)
    other = next(iter(snapshot.kept(desk.data_dir)), desk.first)
    signed = Signature(by=name, second=ALONE[0], why="x")
    return {
        "edit": lambda: _flip(desk.folder / NOW, "зараз", "негайно"),
        "edit the line": lambda: _flip(desk.folder / "lines/okit.yml", "free", "national"),
        "edit something else": lambda: _flip(desk.folder / CARD, "two photos", "three photos"),
        "no longer critical": lambda: _flip(desk.folder / "lines/okit.yml", "critical: true", "critical: false"),
        "propose": lambda: desk.proposes(name),
        "propose going back": lambda: desk.proposes(name, back_to=other),
        "confirm": lambda: made and desk.confirms(name, made, *_all_changes(desk, made)),
        "withdraw": lambda: proposal.withdraw(desk.data_dir, made.mark if made else ""),
        "publish": lambda: snapshot.publish(desk.folder, desk.data_dir, desk.clock, signature=signed),
        "go back": lambda: snapshot.go_back(desk.data_dir, other, desk.clock, signature=signed),
    }


EDITS = ["edit", "edit the line", "edit something else", "no longer critical"]
TRIED = [*EDITS, "propose", "propose going back", "confirm", "withdraw", "publish", "go back"]


def _flip(path: Path, one: str, other: str) -> None:
    text = path.read_text()
    path.write_text(text.replace(one, other) if one in text else text.replace(other, one))


def _all_changes(desk: Desk, made: Proposal) -> Iterator[str]:
    root = snapshot.root(desk.data_dir)
    wanted = root / made.after if made.deed == "went back" else desk.folder
    yield from critical_changes(snapshot.load_current(desk.data_dir), read(wanted)[0], SUNDAY_NIGHT)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tried=st.lists(st.tuples(st.sampled_from(TRIED), st.sampled_from(ALONE)), min_size=3, max_size=10))
def test_no_account_alone_publishes_emergency_content_without_an_emergency(tried: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as place:
        desk = Desk(Path(place))
        before = load(desk.folder)
        for attempt, name in tried:
            try:
                _attempts(desk, name)[attempt]()
            except HotlineError:
                continue
        assert critical_changes(before, snapshot.load_current(desk.data_dir), SUNDAY_NIGHT) == []
        history = snapshot.versions(desk.data_dir)
        assert not [entry for entry in history if entry.critical]
        assert all(newer.version != older.version for newer, older in pairwise(history)), "nothing is doubled"


def test_an_emergency_reason_publishes_alone_and_stands_in_the_history(desk: Desk) -> None:
    desk.edits()
    snapshot.publish(
        desk.folder, desk.data_dir, desk.clock, signature=Signature(by="anna", emergency="it rings nowhere")
    )
    assert (desk.newest.by, desk.newest.second, desk.newest.emergency) == ("anna", "", "it rings nowhere")
    assert desk.newest.critical == (CHANGED,)
