"""Our way to understand, and others, on the public data of MASSIVE: python -m nlu.massive.

A part of the box, for developers: it uses the box's components as they are, and writes docs/massive.md. The data stays
where it is; nothing of it is copied into the project.
"""
