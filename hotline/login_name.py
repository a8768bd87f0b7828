"""Who types a command, for the histories of what was saved and published."""

import getpass


def login_name() -> str:
    """The name that this machine knows the user by; "" where it knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return ""
