"""The training questions of a site, and how many of them the hotline has not learnt yet."""

from datetime import datetime

from starlette.requests import Request

from content.teaching import TrainingFolder
from nlu.live import live_model
from web.site import site_of


def training_of(request: Request) -> TrainingFolder:
    """Where the site's editors write training questions."""
    settings = site_of(request).settings
    return TrainingFolder(settings.questions_dir, settings.data_dir)


def waiting(request: Request) -> int | None:
    """Questions that editors added after the live model was trained; None where the model is not kept here."""
    model = live_model(site_of(request).settings.data_dir / "models")
    if model is None:
        return None
    trained = model.stat().st_mtime
    return sum(datetime.fromisoformat(each.at).timestamp() > trained for each in training_of(request).taught())
