"""The door by which editors' changes come in: checked, whole, named, committed, and never over somebody else's work."""

import subprocess
import threading
from pathlib import Path

import pytest

from content import door as door_room
from content.door import Change, Door, is_used
from content.draft import NOTHING, Draft
from road.errors import EditConflict, EditRefused
from tests.app.fixtures.folder import SUNDAY_NIGHT, edit, faults

EN, AR = "answers/en/papers/card_renewal.md", "answers/ar/papers/card_renewal.md"


class Crash(BaseException):
    """The process is gone: nothing of ours may catch it."""


def more(path: str, draft: Draft) -> str:
    return draft.texts[path].replace("title: ", "title: New ", 1)


def retitled(*paths: str):
    """Gives each file's title another beginning, as somebody who has seen the draft."""

    def decide(draft: Draft) -> Change:
        return Change(
            what="Other titles", texts={p: more(p, draft) for p in paths}, marks={p: draft.mark(p) for p in paths}
        )

    return decide


def test_a_change_is_in_the_folder_in_the_draft_and_in_the_history(door: Door, folder: Path) -> None:
    before = door.draft()
    after = door.save(retitled(EN), "Ilona")
    assert after.content.articles["card_renewal", "en", "full"].title.startswith("New ")
    assert (folder / EN).read_text() == after.texts[EN] != before.texts[EN]
    assert door.draft() is after
    (save,) = door.saves()
    assert (save.by, save.what, save.paths) == ("Ilona", "Other titles", (EN,))
    assert (save.at, save.version) == ("2026-11-22T02:00:00+00:00", after.content.version)


def test_a_change_that_changes_nothing_is_no_save(door: Door) -> None:
    door.save(lambda draft: Change(what="nothing", texts={EN: draft.texts[EN]}), "Ilona")
    assert door.saves() == []


def test_a_change_with_a_fault_leaves_everything_as_it_was(door: Door, folder: Path) -> None:
    before = (folder / EN).read_bytes()
    with pytest.raises(EditRefused) as refused:
        door.save(
            lambda draft: Change(what="x", texts={EN: draft.texts[EN] + "\nCall {{ line.nobody.number }}\n"}), "I"
        )
    assert "line.nobody" in str(refused.value.faults[0])
    assert (folder / EN).read_bytes() == before
    assert door.saves() == []


def test_faults_that_were_there_before_stop_nobody(door: Door, folder: Path) -> None:
    edit(folder, AR, "title: ", "titel: ")
    assert faults(folder)
    after = door.save(retitled(EN), "Ilona")
    assert {fault.path.as_posix() for fault in after.faults} == {AR}


def test_a_file_that_is_another_one_by_now_is_a_conflict_that_shows_what_it_holds(door: Door) -> None:
    seen = door.draft()
    door.save(retitled(EN), "Ilona")
    mine = Change(what="mine", texts={EN: more(EN, seen)}, marks={EN: seen.mark(EN)})
    with pytest.raises(EditConflict) as conflict:
        door.save(lambda _: mine, "Béla")
    assert conflict.value.path == EN
    assert conflict.value.theirs == door.draft().texts[EN]
    assert [save.by for save in door.saves()] == ["Ilona"]


def test_a_new_file_is_a_conflict_when_somebody_made_it_meanwhile(door: Door) -> None:
    new = Change(what="new", texts={AR: ""}, marks={AR: NOTHING})
    with pytest.raises(EditConflict):
        door.save(lambda _: new, "Béla")


def test_what_is_saved_by_hand_is_seen_at_once(door: Door, folder: Path) -> None:
    first = door.draft()
    assert door.draft() is first
    edit(folder, EN, "title: ", "title: By hand, ")
    assert door.draft().content.articles["card_renewal", "en", "full"].title.startswith("By hand")


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_crash_in_the_middle_of_a_save_loses_nothing_and_leaves_no_half(
    door: Door, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    place, done = door_room._place, []

    def fails(path: Path, text: str | None) -> None:
        if len(done) == written:
            raise Crash
        done.append(path)
        place(path, text)

    monkeypatch.setattr(door_room, "_place", fails)
    if written == 2:
        monkeypatch.setattr(door_room.journal, "append", lambda *_: fails(Path(), None))
    with pytest.raises(Crash):
        door.save(retitled(EN, AR), "Ilona")
    assert door.saves() == []
    monkeypatch.undo()
    again = Door(folder, tmp_path / "data", lambda: SUNDAY_NIGHT)
    after = again.save(lambda draft: Change(what="nothing", texts={EN: draft.texts[EN]}), "Béla")
    assert all(
        after.content.articles["card_renewal", locale, "full"].title.startswith("New ") for locale in ("en", "ar")
    )
    assert [(save.by, save.what) for save in again.saves()] == [("Ilona", "Other titles")]
    assert not list(folder.rglob(".*.new"))


def test_a_crash_before_the_plan_is_on_the_disk_is_as_if_nobody_had_saved(
    door: Door, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Crash

    before = (folder / EN).read_bytes()
    monkeypatch.setattr(door_room.whole_file, "write", fails)
    with pytest.raises(Crash):
        door.save(retitled(EN), "Ilona")
    monkeypatch.undo()
    again = Door(folder, tmp_path / "data")
    again.save(retitled(AR), "Béla")
    assert (folder / EN).read_bytes() == before
    assert [save.by for save in again.saves()] == ["Béla"]


def test_what_somebody_wrote_after_a_crash_is_not_written_over(
    door: Door, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise Crash

    monkeypatch.setattr(door_room, "_place", fails)
    with pytest.raises(Crash):
        door.save(retitled(EN), "Ilona")
    monkeypatch.undo()
    edit(folder, EN, "title: ", "title: By hand, ")
    Door(folder, tmp_path / "data").save(retitled(AR), "Béla")
    assert "By hand" in (folder / EN).read_text()


def test_two_who_save_at_once_come_one_after_the_other(door: Door, folder: Path, tmp_path: Path) -> None:
    doors = [Door(folder, tmp_path / "data") for _ in range(6)]
    seen = door.draft()
    won: list[int] = []

    def saves(number: int) -> None:
        text = seen.texts[EN].replace("title: ", f"title: {number} ", 1)
        try:
            doors[number].save(lambda _: Change(what=f"{number}", texts={EN: text}, marks={EN: seen.mark(EN)}), "x")
        except EditConflict:
            return
        won.append(number)

    threads = [threading.Thread(target=saves, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert f"title: {won[0]} " in (folder / EN).read_text()
    assert len(door.saves()) == 1


def test_a_save_in_a_checkout_is_a_commit_of_its_files_in_the_editors_name(door: Door, folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Before")
    edit(folder, "topics.yml", "", "# somebody is at work here\n")
    door.save(
        lambda draft: Change(what="Two deeds\nin one", texts={EN: more(EN, draft), "notices/snow/en.md": NOTICE}),
        "Ilona <b>",
    )
    author, subject, *names = git(folder, "log", "-1", "--format=%an%n%s", "--name-only").split("\n")
    assert (author, subject) == ("Ilona b", "content: Two deeds in one")
    assert sorted(filter(None, names)) == sorted([EN, "notices/snow/en.md"])
    assert git(folder, "status", "--porcelain") == " M topics.yml\n"


def test_a_file_taken_away_is_committed_too(door: Door, folder: Path) -> None:
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Before")
    door.save(lambda _: Change(what="No Ukrainian notice", texts={"notices/water/uk.md": None}), "Ilona")
    assert not (folder / "notices/water/uk.md").exists()
    assert git(folder, "status", "--porcelain") == ""


def test_a_checkout_that_refuses_loses_nothing(door: Door, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    git(folder, "init", "--quiet")
    (folder / ".git" / "index.lock").touch()
    door.save(retitled(EN), "Ilona")
    assert "New " in (folder / EN).read_text()
    assert "saved, and not committed" in caplog.text
    assert [save.by for save in door.saves()] == ["Ilona"]


def test_nobody_has_edited_until_somebody_saves(door: Door, tmp_path: Path) -> None:
    door.draft()
    assert not is_used(tmp_path / "data")
    door.save(retitled(EN), "Ilona")
    assert is_used(tmp_path / "data")


def test_one_answer_is_checked_by_itself(door: Door) -> None:
    draft = door.draft()
    sound = draft.with_article(draft.texts[EN], topic="card_renewal", locale="en", form="full")
    assert (sound.faults, sound.content.articles.keys()) == ([], draft.content.articles.keys())
    broken = draft.with_article(draft.texts[EN] + "\nCall 1234567.\n", topic="card_renewal", locale="en", form="full")
    assert [fault.problem for fault in broken.faults] == [
        fault.problem for fault in _whole(door, draft.texts[EN] + "\nCall 1234567.\n")
    ]
    unreadable = draft.with_article("nothing", topic="card_renewal", locale="en", form="full")
    assert ("card_renewal", "en", "full") not in unreadable.content.articles


def _whole(door: Door, text: str):
    with pytest.raises(EditRefused) as refused:
        door.save(lambda _: Change(what="x", texts={EN: text}), "I")
    return [fault for fault in refused.value.faults if fault.path.as_posix() == EN]


NOTICE = "---\nfrom: 2026-12-20\nuntil: 2026-12-27\ntopics: [all]\n---\nSnow closes the office.\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@editors.invalid")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout
