"""The embedded store: prepares its folder and becomes the server."""

import os
import sys

from road.errors import HotlineError
from road.settings import load
from store.embedded import prepare


def main() -> None:
    """Never returns when all is well."""
    try:
        command = prepare(load(os.environ).data_dir)
    except HotlineError as error:
        sys.exit(f"store: {error}")
    os.execv(command[0], command)  # noqa: S606 - a fixed binary of the package


if __name__ == "__main__":
    main()
