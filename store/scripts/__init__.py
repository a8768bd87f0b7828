"""The scripts that run inside the server, one file each; `_prelude.lua` stands in front of every one."""

from functools import cache
from importlib.resources import files


@cache
def source(name: str) -> str:
    """A script's text as the server gets it. Its first line must be the one that carries the flags."""
    folder = files(__name__)
    flags, _, body = folder.joinpath(f"{name}.lua").read_text("utf-8").partition("\n")
    return "\n".join((flags, folder.joinpath("_prelude.lua").read_text("utf-8"), body))
