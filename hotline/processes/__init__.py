"""One module per process; each composes its room from the settings and runs until it is told to stop."""
