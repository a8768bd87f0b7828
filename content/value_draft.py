"""The draft with another text of one fact, line or place: what it would say, and what would be wrong, in some 50 ms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from content import characters, guards
from content.article_guards import ArticleGuard
from content.content import Content
from content.draft import Draft
from content.entry_edit import FACTS, path_of
from content.fact import read_facts
from content.filling import Known
from content.line import read_line
from content.place import read_place
from content.proof import Proof, Sheet
from content.record import names_in
from content.sourced import Entry
from content.usage import uses_of
from road.errors import ContentError


def with_entry(draft: Draft, entry: str, text: str) -> Draft:
    """The draft with another text of the file that holds an entry; its faults are those that this text brings.

    An entry that cannot be read is left out. The door checks everything again.
    """
    path, proof = path_of(entry), Proof()
    sheet = proof.sheet(path)
    for line, problem in characters.problems_in(text, ""):
        sheet.mark(line, problem)
    content = replace(draft.content, known=_known(draft, entry, text, sheet))
    for fault_path, line, problem in _problems(content, draft.content.known, entry):
        proof.sheet(fault_path).mark(line, problem)
    known = set(map(str, draft.faults))
    new = [fault for fault in proof.faults() if str(fault) not in known]
    return Draft(content=content, texts={**draft.texts, path: text}, faults=new)


def faults_of(entry: str, draft: Draft) -> Sequence[ContentError]:
    """What the checks find in an entry."""
    about = f"{entry.partition('.')[2]}: " if path_of(entry) == FACTS else ""
    return [f for f in draft.faults if f.path.as_posix() == path_of(entry) and f.problem.startswith(about)]


def unread(draft: Draft) -> Sequence[str]:
    """Entries that stand in the folder and cannot be read."""
    facts = (f"fact.{name}" for name in sorted(names_in(draft.texts.get(FACTS, ""))))
    files = (path.removesuffix(".yml").split("/") for path in draft.texts if path.startswith(("lines/", "places/")))
    others = (f"{folder.removesuffix('s')}.{name}" for folder, name in files)
    return [entry for entry in (*facts, *others) if draft.content.known.entry(f"{entry}.name") is None]


def _known(draft: Draft, entry: str, text: str, sheet: Sheet) -> Known:
    known, sources, locales = draft.content.known, names_in(draft.texts.get("sources.yml", "")), draft.content.languages
    kind, _, name = entry.partition(".")
    if kind == "fact":
        return msgspec.structs.replace(known, facts=read_facts(text, sheet, sources))
    if kind == "line":
        return msgspec.structs.replace(known, lines=_with(known.lines, name, read_line(text, sheet, sources, locales)))
    return msgspec.structs.replace(known, places=_with(known.places, name, read_place(text, sheet, sources, locales)))


def _with(shelf: Mapping[str, Entry], name: str, entry: Entry | None) -> Mapping[str, Entry]:
    others = {each: found for each, found in shelf.items() if each != name}
    return {**others, name: entry} if entry else others


def _problems(content: Content, known: Known, entry: str) -> Iterator[tuple[str, int, str]]:
    """What is wrong between files: lines that share a number, answers that lose what they must say.

    Args:
        known: Every entry that there is, the one that may now be unreadable too.
    """
    for line in content.lines.values():
        for problem in guards.line_problems(line, content.lines):
            yield f"lines/{line.id}.yml", 0, problem
    ids = {"fact": known.facts, "line": known.lines, "place": known.places, "source": known.sources}
    for key in uses_of(entry, content):
        article = content.articles[key]
        for number, problem in ArticleGuard(article, content, ids).problems():
            yield guards.path_of(article, content.topics[article.topic].group), number, problem
