"""Problems: what is wrong with a text, as an English sentence that carries a stable name and its values.

The sentence is for developers and for the command line. Pages that say the same in other words, or in another
language, choose them by the name (`web.editors.plain_words`); nobody has to read the sentence for that.
"""

from collections.abc import Mapping
from typing import Self


class Problem(str):
    """The sentence; everywhere a text that says what is wrong may stand, this may.

    Attributes:
        name: What kind of problem it is.
        values: What the sentence speaks of, by name.
    """

    __slots__ = ("name", "values")

    name: str
    values: Mapping[str, object]

    def __new__(cls, name: str, sentence: str, /, **values: object) -> Self:
        """A problem of this name."""
        made = super().__new__(cls, sentence)
        made.name, made.values = name, values
        return made


def after(beginning: str, problem: str) -> str:
    """A problem whose sentence begins with what it is about; its name stays."""
    if isinstance(problem, Problem):
        return Problem(problem.name, f"{beginning}{problem}", **problem.values)
    return f"{beginning}{problem}"
