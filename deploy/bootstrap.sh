#!/usr/bin/env bash
# Turns a fresh clone into a working virtual environment: exactly the locked packages, and the workspace's own members.
# usage: deploy/bootstrap.sh   (PYTHON names the interpreter to start from; default: the first suitable one found)
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
  echo "error: $*" >&2
  exit 1
}

is_recent() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if command -v "$candidate" >/dev/null && is_recent "$candidate"; then
      command -v "$candidate"
      return
    fi
  done
  fail "Careledger needs Python 3.11 or newer; ${PYTHON:-python3} is not. Install it (Debian 12: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3.12"
}

# The scripts in a virtual environment carry its absolute path, so one that was moved or lost its interpreter is made anew.
venv_is_usable() {
  [[ -x .venv/bin/python && -f .venv/clone-path && "$(cat .venv/clone-path)" == "$(pwd -P)" ]] && is_recent .venv/bin/python
}

make_venv() {
  local python
  python="$(find_python)"
  echo "creating .venv with $("$python" --version)"
  rm -rf .venv
  "$python" -m venv .venv || {
    rm -rf .venv
    fail "this Python cannot make virtual environments. On Debian or Ubuntu: apt-get install python3-venv"
  }
  pwd -P >.venv/clone-path
}

locked_uv_version() {
  sed -n 's/^uv==\([^ ]*\).*/\1/p' requirements.lock
}

# uv itself comes from the lock too, checked against the same hashes.
install_uv() {
  local version
  version="$(locked_uv_version)"
  if [[ "$(.venv/bin/uv --version 2>/dev/null || true)" == "uv $version"* ]]; then
    return
  fi
  echo "installing uv $version"
  sed -n '/^uv==/,/^ *#/p' requirements.lock >.venv/uv.lock
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock
}

install_packages() {
  local member members=()
  for member in shared services/*; do
    members+=(-e "$member")
  done
  echo "installing the locked packages"
  # Compiled now, every later start of every process is sooner.
  .venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock
  .venv/bin/uv pip install --quiet --no-deps --no-build-isolation "${members[@]}"
}

venv_is_usable || make_venv
install_uv
install_packages
