"""What saving an answer changes in the folder."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from content import stamp
from content.door import Change
from web.editors.answer_form import Attempt


def change_of(attempt: Attempt, *, by: str, today: date, folder: Path) -> Change:
    """The answer's file, and with a stamp the English text that it was made from.

    Args:
        folder: The content folder, where earlier English texts are kept.
    """
    form, path = attempt.form, attempt.path
    texts, seen = {path: attempt.file(by=by, today=today)}, {path: form.mark}
    if form.translated:
        texts |= _english(attempt, folder)
        seen |= {attempt.cell.english.path(attempt.draft): form.english_mark}
    return Change(what=f"{path.removeprefix('answers/')}: {form.words.title}", texts=texts, marks=seen)


def _english(attempt: Attempt, folder: Path) -> Mapping[str, str]:
    """Today's English text, to be kept under its fingerprint where it is not kept yet."""
    cell, draft = attempt.cell.english, attempt.draft
    english = cell.article(draft)
    if english is None or stamp.earlier(folder, english.fingerprint) is not None:
        return {}
    return {stamp.earlier_path(english.fingerprint): draft.texts[cell.path(draft)]}
