"""How fast and how large the hotline is, beside a bare bot and a stock Rasa assistant on the same machine.

`python -m bench` measures everything in one run and writes docs/performance.md. Everything listens on 127.0.0.1,
works in temporary folders, and every process that is started here is ended here. May import everything; nothing
imports it.
"""
