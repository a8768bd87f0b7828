"""What the hotline says: texts and data that staff edit, read whole, checked and rendered.

This room reads files and knows no network, no store and no Telegram beyond its HTML; of the other rooms it imports
`road` alone. Other rooms ask a `Content` for answers, interface texts and titles; which one is current is
`content.snapshot`'s. The texts and values themselves lie beside the modules: `answers/`, `facts.yml`, `lines/`,
`places/`, `teams.yml`, `urgent/`, `locale/` (docs/content.md).
"""

from content.answer import Answer, SourceNote
from content.content import Content
from content.folder import check, load
from content.place import Place
from content.topic import CONVERSATION, Topic

__all__ = ["CONVERSATION", "Answer", "Content", "Place", "SourceNote", "Topic", "check", "load"]
