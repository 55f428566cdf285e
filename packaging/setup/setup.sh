#!/bin/sh
# Make this checkout ready: system libraries, then .venv with exactly what the lock names.
# Usage: setup.sh run|test. Says what it installs; says nothing when nothing is missing.
set -eu

tier=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
venv=$root/.venv
lock=$root/requirements/dev.lock
needs=$here/debian-packages.txt
python=${PYTHON:-python3}

say() { printf 'set-up: %s\n' "$*"; }
stop() { printf 'set-up: %s\n' "$*" >&2; exit 2; }

is_there() { # kind name
    case $1 in
        lib) printf '%s\n' "$libraries" | grep -q "^[[:space:]]*$2 " ;;
        cmd) command -v "$2" >/dev/null 2>&1 ;;
        mod) command -v "$python" >/dev/null 2>&1 && "$python" -c "import $2" 2>/dev/null ;;
        file) [ -e "$2" ] ;;
    esac
}

missing_packages() {
    libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    while read -r who package kind name; do
        case $who in '#'*|'') continue ;; esac
        [ "$who" = run ] || [ "$tier" = "$who" ] || continue
        is_there "$kind" "$name" || printf ' %s' "$package"
    done <"$needs"
}

install_system() {
    packages=$(missing_packages)
    [ -n "$packages" ] || return 0
    command -v apt-get >/dev/null 2>&1 || stop "missing here:$packages (names as in Debian 12)"
    [ "$(id -u)" = 0 ] || stop "as root, once:  apt-get install -y --no-install-recommends$packages"
    say "installing system packages:$packages"
    apt-get -qq update
    # shellcheck disable=SC2086  # one word per package
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $packages \
        >"$log" 2>&1 || { cat "$log" >&2; stop "apt-get could not install them"; }
}

fingerprint() {
    cat "$lock" "$root/pyproject.toml" "$0" | sha256sum | cut -d' ' -f1
    "$python" -c 'import sys; print(sys.version)' | head -n 1
}

install_python() {
    stamp=$venv/luohu-setup
    wanted=$(fingerprint)
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return 0
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Python 3.11 or newer is needed; name it: make PYTHON=/path/to/python3.11 $tier"
    say "installing $(grep -c '==' "$lock") locked Python packages into .venv"
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    quiet="--quiet --disable-pip-version-check"
    # shellcheck disable=SC2086
    "$venv/bin/python" -m pip install $quiet --require-hashes --only-binary :all: -r "$lock"
    # shellcheck disable=SC2086
    "$venv/bin/python" -m pip install $quiet --no-deps --no-build-isolation --editable "$root" \
        >"$log" 2>&1 || { cat "$log" >&2; stop "the program itself could not be installed"; }
    printf '%s\n' "$wanted" >"$stamp"
    say "ready"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
install_system
install_python
