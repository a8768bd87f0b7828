"""What a message was understood to mean."""

import msgspec


class Candidate(msgspec.Struct, frozen=True):
    """A topic of the catalogue and how sure the model is of it, 0.0 to 1.0."""

    topic: str
    confidence: float


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What is known about a person before their message is read.

    Attributes:
        client_locale: The language of their Telegram app, as Telegram gives it (BCP 47), or None.
        chosen_locale: The locale they chose by hand; it outweighs everything but a clear other language.
        earlier_locale: The locale of their earlier messages, or another language that they wrote, or None.
        last_topic: The topic answered last, or "".
    """

    client_locale: str | None = None
    chosen_locale: str | None = None
    earlier_locale: str | None = None
    last_topic: str = ""


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """Scores only: what is done about them is decided in `actions`.

    Attributes:
        ranking: All topics the model knows, best first; confidences calibrated, summing to at most 1.
        locale: The likeliest locale (BCP 47; another language's code, or "und").
        locale_confidence: 0.0 to 1.0, hints included.
        locale_scores: Codes and scores of the likeliest languages, best first, by the text alone.
        urgent_topic: The critical topic that the urgency detector finds likeliest, or "".
        urgent_confidence: How likely the message is urgent, 0.0 to 1.0, whatever the ranking says.
        available: False when the Rasa box could not be asked; the scores are then empty.
    """

    ranking: tuple[Candidate, ...] = ()
    locale: str = "und"
    locale_confidence: float = 0.0
    locale_scores: tuple[tuple[str, float], ...] = ()
    urgent_topic: str = ""
    urgent_confidence: float = 0.0
    available: bool = True


UNAVAILABLE = Understanding(available=False)
