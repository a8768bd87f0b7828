"""From words to meaning: the client for the application, and the Rasa box that it asks.

`nlu.client` runs in the application and imports `road` and `nlu.message`. Everything else is the box: Python 3.10, an
environment and a process of its own, reached over HTTP only. `nlu.message` belongs to both and needs nothing but the
standard library. This file imports nothing, so that neither side drags the other in.
"""
