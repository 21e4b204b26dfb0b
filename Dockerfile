# Hawker as an image: `docker build -t hawker .`, then `docker compose up` (compose.yaml, docs/self-hosting.md).
FROM python:3.11-slim-trixie AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends make nodejs npm \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY . .
RUN make wheel

FROM python:3.11-slim-trixie
COPY requirements.lock requirements-dev.lock /tmp/
COPY --from=build /build/dist/ /tmp/dist/
# The second line is for pictures in an object store, in the versions that the tests ran with.
RUN pip install --no-cache-dir uv \
 && uv pip install --system --no-cache --require-hashes -r /tmp/requirements.lock \
 && uv pip install --system --no-cache -c /tmp/requirements-dev.lock boto3 "django-storages[s3]" \
 && uv pip install --system --no-cache --no-deps /tmp/dist/hawker-*.whl \
 && pip uninstall --yes uv \
 && rm -rf /tmp/requirements.lock /tmp/requirements-dev.lock /tmp/dist
RUN useradd --system --uid 10001 --create-home hawker \
 && install --directory --owner=hawker --group=hawker --mode=0700 /data
USER hawker
ENV HAWKER_DATA=/data HOST=0.0.0.0 PORT=8000 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000
# 503 where the database is away or no worker has looked for a minute. A worker alone serves no pages: switch it off.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s \
 CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz')"]
ENTRYPOINT ["hawker"]
CMD ["up"]
