"""A cell of the matrix: one text of a topic in one locale."""

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request

from content.article import Article, Form
from content.draft import Draft
from content.topic import CONVERSATION
from road.locale import SOURCE_LOCALE
from web.editors.desk import PATH


class Cell(NamedTuple):
    """Which text is meant, whether it has been written or not."""

    topic: str
    locale: str
    form: Form = "full"

    @property
    def is_source(self) -> bool:
        """Whether the others are translated from it."""
        return self.locale == SOURCE_LOCALE

    @property
    def english(self) -> "Cell":
        """The text that it is translated from."""
        return self._replace(locale=SOURCE_LOCALE)

    @property
    def address(self) -> str:
        """Its page."""
        return self.below("")

    def below(self, deed: str) -> str:
        """An address below its page, such as `/check`."""
        return f"{PATH}/answers/{self.locale}/{self.topic}{deed}{'?form=now' if self.form == 'now' else ''}"

    def path(self, draft: Draft) -> str:
        """Its file."""
        return draft.article_path(self.topic, self.locale, self.form)

    def article(self, draft: Draft) -> Article | None:
        """What is written, as far as it can be read."""
        return draft.content.articles.get((self.topic, self.locale, self.form))


def cell_of(request: Request, draft: Draft) -> Cell:
    """The cell that an address names.

    Raises:
        HTTPException: 404, there is none: no such topic or locale, or a short text of a topic that has none.
    """
    topic = draft.content.topics.get(request.path_params["topic"])
    locale, form = request.path_params["locale"], request.query_params.get("form", "full")
    if topic is None or topic.group == CONVERSATION or locale not in draft.content.languages:
        raise HTTPException(404)
    if form == "now" and topic.critical:
        return Cell(topic.id, locale, "now")
    if form != "full":
        raise HTTPException(404)
    return Cell(topic.id, locale)
