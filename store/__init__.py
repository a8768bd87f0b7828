"""Valkey or Redis: every key, stream and script, and the encryption of what lies there.

`store.interface.Store` is what the other rooms use; `store.valkey.ValkeyStore` keeps it in a server, `store.memory.
MemoryStore` in this process (for tests and for reading). Both pass the same tests. Only this room imports `redis`.
May import: road.
"""
