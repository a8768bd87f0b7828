"""The environment that Rasa and its libraries find: no telemetry, no chatter, no more threads than cores."""

import os


def quiet_environment() -> None:
    """To be called before Rasa, TensorFlow or NumPy are imported."""
    os.environ.update(
        RASA_TELEMETRY_ENABLED="false",
        RASA_MAX_CACHE_SIZE="0",  # Rasa's own training cache: ours keeps sentence vectors
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_ENABLE_ONEDNN_OPTS="0",
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
        OMP_NUM_THREADS="1",  # what can be divided is divided by texts, not within one
        OPENBLAS_NUM_THREADS="1",
    )
