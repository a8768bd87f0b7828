# Two images: `app` (the hotline, no Rasa) and `nlu` (the Rasa box with its model).
#   docker build --target app -t hotline-app .
#   docker build --target nlu -t hotline-nlu .
# The steps are the scripts that `make setup` and CI run.

FROM python:3.13-slim AS app-build
WORKDIR /srv/hotline
COPY scripts scripts
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY actions actions
COPY bot bot
COPY content content
COPY desk desk
COPY hotline hotline
COPY nlu/__init__.py nlu/breaker.py nlu/client.py nlu/hints.py nlu/live.py nlu/message.py nlu/
COPY road road
COPY store store
COPY web web
COPY worker worker
RUN scripts/setup-app .venv requirements.lock

FROM python:3.13-slim AS app
# git: editors' saves are commits where the content folder is a mounted checkout, whoever it belongs to (docs/content.md).
RUN apt-get update && apt-get install --yes --no-install-recommends git && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*'
RUN useradd --system --create-home --uid 10001 hotline
COPY --from=app-build --chown=hotline /srv/hotline /srv/hotline
WORKDIR /srv/hotline
USER hotline
ENV HOTLINE_HOST=0.0.0.0 HOTLINE_DATA_DIR=/srv/hotline/var PATH=/srv/hotline/.venv/bin:$PATH
VOLUME /srv/hotline/var
EXPOSE 8080 8443
ENTRYPOINT ["hotline"]
CMD ["run"]

FROM python:3.10-slim AS nlu-build
WORKDIR /srv/hotline
COPY scripts scripts
COPY nlu nlu
COPY content/topics.yml content/topics.yml
COPY config.yml ./
RUN scripts/setup-nlu .venv-nlu nlu/requirements.lock \
    && .venv-nlu/bin/python -m nlu.convert \
    && .venv-nlu/bin/python -m nlu.train --out var/models

FROM python:3.10-slim AS nlu
RUN useradd --system --create-home --uid 10001 hotline
COPY --from=nlu-build --chown=hotline /srv/hotline /srv/hotline
WORKDIR /srv/hotline
USER hotline
ENV RASA_TELEMETRY_ENABLED=false
EXPOSE 5005
CMD [".venv-nlu/bin/python", "-m", "nlu.serve", "--model", "var/models", "--port", "5005"]
