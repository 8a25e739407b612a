#!/bin/sh
# Writes both lock files from pyproject.toml. Pins stay where they can; `upgrade` takes the newest.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
uv=$(mktemp -d)
trap 'rm -rf "$uv"' EXIT
.venv/bin/python -m venv "$uv"
"$uv/bin/python" -m pip install --quiet --disable-pip-version-check uv

compile() {
    output=$1
    shift
    build_requirements | UV_CUSTOM_COMPILE_COMMAND='make lock' "$uv/bin/python" -m uv pip compile \
        --quiet --universal --generate-hashes --python-version 3.11 --no-strip-extras \
        --system-certs --output-file "$output" "$@" pyproject.toml -
}

# pip builds the project with what stands in .venv, so that is locked too.
build_requirements() {
    .venv/bin/python -c '
import tomllib
with open("pyproject.toml", "rb") as file:
    print("\n".join(tomllib.load(file)["build-system"]["requires"]))
'
}

case "${1-}" in upgrade) set -- --upgrade ;; *) set -- ;; esac
compile requirements.lock "$@"
compile requirements-dev.lock --extra dev --constraint requirements.lock "$@"
