#!/usr/bin/env bash
# Sees to it that the Debian packages named on the command line are there: installs the missing ones as root, otherwise says in one line what to install.
# usage: deploy/packages.sh PACKAGE...
set -euo pipefail

command -v dpkg-query >/dev/null || exit 0 # not Debian: whoever uses the libraries reports what it misses

missing=()
for package in "$@"; do
  if [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]]; then
    missing+=("$package")
  fi
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

if [[ "$(id -u)" -ne 0 ]]; then
  echo "error: Debian packages are missing. Install them and try again: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
