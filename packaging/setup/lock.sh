#!/bin/sh
# Write requirements/*.lock anew from pyproject.toml: exact versions with hashes, no address.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
.venv/bin/python -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check pip-tools

compile() { # lock, further arguments
    lock=requirements/$1
    shift
    "$tools/bin/pip-compile" --quiet --generate-hashes --no-header --annotation-style=line \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --strip-extras --allow-unsafe "$@" -o "$lock" pyproject.toml
}
compile runtime.lock
compile dev.lock --extra dev -c requirements/runtime.lock
compile package.lock --extra package -c requirements/runtime.lock
