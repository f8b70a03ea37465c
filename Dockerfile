# syntax=docker/dockerfile:1
# legcare as a container: the packages of requirements.txt by their hashes, an ordinary user, no secrets inside.
# docs/hosting.md says how to run it; compose.yaml puts PostgreSQL beside it.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /app

COPY requirements.txt .
RUN pip install --no-deps --require-hashes --only-binary :all: -r requirements.txt && pip check

# .dockerignore lets through the program only.
COPY . .
RUN python -m compileall -q app.py legcare pages \
    && useradd --uid 10001 --create-home --shell /usr/sbin/nologin legcare
USER legcare

EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; assert r.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4).read() == b'ok'"]

# 0.0.0.0 is inside the container: only what is published can be reached, and that belongs behind a TLS proxy.
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0", "--server.port=8501", "--server.fileWatcherType=none"]
