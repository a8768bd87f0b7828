"""The languages of the hotline, as the box knows them."""

LOCALES = ("uk", "hu", "en", "ru", "sq", "ar", "fr", "fa", "sr", "es", "vi", "ur", "mn")
"""Folder names under `nlu/data`. Source: DESIGN, "What the hotline says"."""

OTHER = "und"
