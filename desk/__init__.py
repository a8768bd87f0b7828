"""The people: how a case changes, and when teams work. Pure; no pages, no store.

May import: road.
"""
