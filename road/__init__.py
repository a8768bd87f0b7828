"""What travels the road of a message, and what every room shares: values, settings, errors, locales.

The lowest room: it imports no other. Values are frozen `msgspec.Struct`s, so that each of them can be stored and read
back as it is; they hold data and say nothing about where it goes.
"""
