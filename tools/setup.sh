#!/bin/sh
# Makes .venv with what the lock file pins. Says what is missing on this machine and how to install it.
#   tools/setup.sh run    what Hawker needs to run
#   tools/setup.sh test   and what its tests need
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}

missing() {
    echo "Missing: $1. Install it with:  $2" >&2
    exit 1
}

apt="apt-get install -y"
[ "$(id -u)" = 0 ] || apt="sudo apt-get install -y"

python=
for name in python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        python=$name
        break
    fi
done
[ -n "$python" ] || missing "Python 3.11 or newer" "$apt python3 python3-venv"
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing "Python's venv" "$apt python3-venv"
command -v node >/dev/null 2>&1 || missing "Node.js 20 or newer" "$apt nodejs npm"
node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || missing "Node.js 20 or newer (this is $(node --version))" "$apt nodejs npm"
command -v npm >/dev/null 2>&1 || missing "npm" "$apt npm"

lock=requirements.lock
[ "$kind" = run ] || lock=requirements-dev.lock
stamp=.venv/.made-of-$kind
[ -x .venv/bin/python ] || "$python" -m venv .venv
if ! cmp -s "$lock" "$stamp"; then
    .venv/bin/python -m uv --version >/dev/null 2>&1 ||
        .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
    # uv is the faster one; pip also knows indexes that only pip is configured for.
    .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock" ||
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m uv pip install --quiet --python .venv/bin/python --no-deps -e . ||
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
    cp "$lock" "$stamp"
fi
