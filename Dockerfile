# The site in a container: one image for public nodes, desk, housekeeping, snapshots and setup (compose.yaml).
# `make test-containers` builds it; what that leaves untried is in docs/not-done.md.

FROM python:3.13.9-slim-trixie AS packages
WORKDIR /app
COPY requirements-extra.txt .
RUN python -m venv /app/.venv \
    && /app/.venv/bin/pip install --no-cache-dir --disable-pip-version-check \
       --require-hashes --only-binary :all: -r requirements-extra.txt

FROM python:3.13.9-slim-trixie
# psql for deploy/grants.sql, pg_dump and pg_restore for backups. Debian keeps no old versions: a pinned one would end the build.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /nonexistent --shell /usr/sbin/nologin safetycenter \
    && install -d -o 10001 -g 10001 -m 0700 \
       /var/lib/safetycenter /var/lib/safetycenter/store /var/lib/safetycenter/pictures \
       /var/lib/safetycenter/desk \
       /keys /keys/desk /keys/public /ledger \
    && install -d -o 10001 -g 10001 -m 0755 /var/www/safetycenter /var/cache/safetycenter
WORKDIR /app
COPY --from=packages /app/.venv /app/.venv
COPY manage.py ./
COPY deploy ./deploy
COPY locale ./locale
COPY static ./static
COPY templates ./templates
COPY safetycenter ./safetycenter
COPY education ./education
COPY reports ./reports
COPY tools/open_locked_file.py ./tools/open_locked_file.py
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DEBUG=0 \
    BIND=0.0.0.0:8000
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "safetycenter.wsgi"]
