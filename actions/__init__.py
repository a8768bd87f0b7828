"""What the hotline does with one message: pure decisions, one flat module per deed.

`route` is the way in: `Turn` and `Scene` in, `Outcome` out. `takeover` holds the operators' deeds. Nothing here reads,
writes, waits or looks at a clock. May import: content, desk, road, and `nlu.message`, which
needs nothing.
"""
