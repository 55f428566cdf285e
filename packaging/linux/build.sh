#!/bin/sh
# Build dist/luohu (one folder, no Python needed), prove it by its own self-test, and wrap it into
# a .deb. It runs on systems whose glibc is no older than that of the machine that built it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
cd "$root"
venv=build/venv
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
say() { printf 'package: %s\n' "$*"; }

if ! cmp -s requirements/package.lock "$venv/lock"; then
    say "installing what ships and the packaging tools into $venv"
    "${PYTHON:-python3}" -m venv --clear "$venv"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements/package.lock
    cp requirements/package.lock "$venv/lock"
fi

say "collecting the program"
"$venv/bin/pyinstaller" --noconfirm --clean --log-level WARN \
    --distpath dist --workpath build/work "$here/luohu.spec"

say "asking the packaged program to test itself"
QT_QPA_PLATFORM=offscreen dist/luohu/luohu --self-test

"$venv/bin/python" "$here/third_party.py" requirements/runtime.lock >build/third-party.txt

say "wrapping dist/luohu_${version}_amd64.deb"
{
    cat <<YAML
name: luohu
version: $version
arch: amd64
platform: linux
section: misc
priority: optional
maintainer: Luohu Counter maintainers <maintainers@localhost>
description: |
  落户柜台: the household-registration counter of a local police station
license: MulanPSL-2.0
deb:
  compression: gzip
contents:
  - {src: dist/luohu, dst: /opt/luohu, type: tree}
  - {src: /opt/luohu/luohu, dst: /usr/bin/luohu, type: symlink}
  - {src: /opt/luohu/luohu-admin, dst: /usr/bin/luohu-admin, type: symlink}
  - {src: packaging/linux/luohu.desktop, dst: /usr/share/applications/luohu.desktop}
  - {src: resources/icons/luohu.svg, dst: /usr/share/icons/hicolor/scalable/apps/luohu.svg}
  - {src: LICENSE, dst: /usr/share/doc/luohu/copyright}
  - {src: build/third-party.txt, dst: /usr/share/doc/luohu/third-party.txt}
  - {src: CHANGELOG.md, dst: /usr/share/doc/luohu/changelog.md}
depends:
YAML
    awk '$1 == "run" && $3 == "lib" { print "  - " $2 }' packaging/setup/debian-packages.txt
    printf '  - libstdc++6\n  - libfreetype6\n'
} >build/nfpm.yaml
"$venv/bin/nfpm" package --config build/nfpm.yaml --packager deb --target dist/
