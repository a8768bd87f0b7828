"""A prospect: what people would read if the draft were published, or an earlier snapshot again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, get_args
from urllib.parse import quote

import msgspec

from content import proposal, snapshot
from content.article import Form
from content.change import Emergency
from content.comparison import Comparison, Edition
from content.content import Content
from content.door import Save
from content.draft import Draft
from content.guards import answer_path
from content.history import Deed, are_two
from content.placeholder import parts_of
from content.proposal import Proposal
from road.clock import day_of
from road.errors import ContentError, SetupError
from web.editors.contained import waiting_saves
from web.editors.desk import PATH
from web.site import Site

FORMS: Final = get_args(Form)
SHOWN: Final = 200
"""Answers of which a page shows what changes; of an emergency all."""


class Prospect(msgspec.Struct, frozen=True, kw_only=True):
    """What may be published, or gone back to.

    Attributes:
        before: Fingerprint of what people read; "" before the first publishing.
        after: Of what they would read.
        comparison: None while the folder has faults, and where nothing changes.
        faults: Of the folder; while there are any it can't be published.
        reminders: Warnings, counted by name.
        saves: Those that people do not read yet, newest first.
        proposal: The one that waits, if it is about this.
    """

    deed: Deed
    before: str
    after: str
    wanted: Content
    comparison: Comparison | None = None
    faults: Sequence[ContentError] = ()
    reminders: Mapping[str, int] = {}
    saves: Sequence[Save] = ()
    proposal: Proposal | None = None

    @property
    def changes_nothing(self) -> bool:
        """Whether people read it already."""
        return self.before == self.after

    @property
    def needs_two(self) -> bool:
        """Whether emergency content changes; the first snapshot of all needs nobody."""
        return bool(self.before and self.comparison and self.comparison.emergencies)

    def saves_of(self, emergency: Emergency) -> Sequence[Save]:
        """Who saved a file that an emergency change may come from."""
        paths = set(_paths(emergency, self.wanted))
        return [save for save in self.saves if paths & set(save.paths)]

    def asks(self, name: str) -> bool:
        """Whether it waits for this account to be the second person."""
        return self.proposal is not None and are_two(self.proposal.by, name)


def of_draft(site: Site, draft: Draft) -> Prospect:
    """Publishing the draft; to be asked in a thread."""
    before, now, faults = live_version(site), site.clock(), draft.faults
    same = before == draft.content.version
    data_dir = site.settings.data_dir
    return Prospect(
        deed="published",
        before=before,
        after=draft.content.version,
        wanted=draft.content,
        comparison=None if faults or same else site.shelf.comparison(_live(site, before), _edition(draft), now),
        faults=faults,
        reminders={} if faults else site.shelf.reminders(draft.content, day_of(now)),
        saves=waiting_saves(site.door.saves(), snapshot.versions(data_dir), before),
        proposal=_about(proposal.waiting(data_dir), before, draft.content.version),
    )


def of_earlier(site: Site, version: str) -> Prospect:
    """Going back to a snapshot; to be asked in a thread.

    Raises:
        SetupError: It can't be gone back to.
    """
    data_dir = site.settings.data_dir
    if version not in snapshot.kept(data_dir):
        raise SetupError("no such snapshot is kept")
    before, wanted = live_version(site), site.shelf.edition(version, site.content())
    return Prospect(
        deed="went back",
        before=before,
        after=version,
        wanted=wanted.content,
        comparison=site.shelf.comparison(_live(site, before), wanted, site.clock()),
        proposal=_about(proposal.waiting(data_dir), before, version),
    )


def live_version(site: Site) -> str:
    """Fingerprint of what people read by now, even if this process is still reading it; "" for nothing."""
    return snapshot.current(site.settings.data_dir) or ""


def name_of(content: Content, topic: str, locale: str) -> str:
    """What colleagues call a topic: the title of its answer, also of a sensitive one."""
    article = content.article(topic, locale)
    return article.title if article else topic


def page_of(fault: ContentError) -> str:
    """The page of the desk where a fault can be mended; "" where only a developer can."""
    match fault.path.parts:
        case ("answers", locale, _, file):
            return f"{PATH}/answers/{quote(locale)}/{quote(file.split('.')[0])}"
        case (("lines" | "places") as folder, file):
            return f"{PATH}/values/{folder.removesuffix('s')}/{quote(file.removesuffix('.yml'))}"
        case ("facts.yml",):
            return f"{PATH}/values/fact/{quote(fault.problem.split(':')[0])}" if ":" in fault.problem else ""
        case ("notices", name, _):
            return f"{PATH}/notices/{quote(name)}"
    return ""


def _edition(draft: Draft) -> Edition:
    return Edition(content=draft.content, texts=draft.texts)


def _live(site: Site, version: str) -> Edition:
    """What people read; only what is served, where its files are gone."""
    try:
        return site.shelf.edition(version, site.content())
    except SetupError:
        return Edition(content=site.content())


def _about(waiting: Proposal | None, before: str, after: str) -> Proposal | None:
    return waiting if waiting and (waiting.before, waiting.after) == (before, after) else None


def _paths(emergency: Emergency, content: Content) -> Iterator[str]:
    """Files that an emergency change may come from."""
    if emergency.kind == "line":
        yield f"lines/{emergency.id}.yml"
    elif emergency.kind == "topic":
        yield "topics.yml"
    elif topic := content.topics.get(emergency.id):
        found = [content.articles.get((topic.id, locale, form)) for locale in emergency.parts for form in FORMS]
        for article in filter(None, found):
            yield answer_path(topic.group, topic.id, article.locale, article.form)
            yield from _files(article.slots)


def _files(slots: Iterable[str]) -> Iterator[str]:
    for kind, identity, _ in map(parts_of, slots):
        yield "facts.yml" if kind == "fact" else f"{kind}s/{identity}.yml"
