"""The road itself: takes turns off the inboxes, and for each of them loads, understands, decides and commits.

Knows no channel: `Turn` in, `Outcome` out. May import: store, actions, nlu.client, content, desk, road.
"""
