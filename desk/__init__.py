"""The people: how a case changes, and when staff reads. Pure; no pages, no store.

May import: road.
"""
