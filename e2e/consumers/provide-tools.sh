#!/usr/bin/env bash
# The programs that judge what Celadon writes, in a folder: provide-tools.sh FOLDER
#
# Nothing is installed on the machine. Debian packages are downloaded and unpacked, since rsyslog and
# syslog-ng cannot be installed side by side; npm packages go to FOLDER/node_modules. Tells what could
# not be had and ends well: tests that miss a program skip and say so. Needs no root.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mkdir -p "${1:?a folder for the tools}" && tools=$(cd "$1" && pwd) || exit 1
cd "$tools" || exit 1

# apt-get with lists and packages of its own in the folder.
apt() {
  timeout 120 apt-get -qq -o Dir::State="$tools/apt" -o Dir::State::status=/var/lib/dpkg/status \
    -o Dir::Cache="$tools/apt" -o Debug::NoLocking=1 -o APT::Sandbox::User=root "$@" </dev/null
}

# unpack NAME COMMAND...: unpacks the packages that the command of apt-get downloads.
unpack() {
  local name=$1 package
  shift
  rm -f apt/archives/*.deb
  (cd apt/archives && apt "$@") >apt.log 2>&1 || {
    tail -2 apt.log
    echo "no $name: its tests will skip"
    return
  }
  for package in apt/archives/*.deb; do dpkg-deb --extract "$package" debian; done
}

# program NAME...: packages and what they need, as far as the machine does not have it.
program() {
  unpack "$1" install --download-only --reinstall --no-install-recommends --yes "$@"
}

# alone NAME: a package that is of use without those that it asks for.
alone() {
  unpack "$1" download "$1"
}

mkdir -p debian apt/lists/partial apt/archives/partial
if command -v apt-get >/dev/null && apt update >apt.log 2>&1; then
  program rsyslog rsyslog-openssl
  program syslog-ng-core
  program lnav
  alone python3-decorator
  alone python3-prometheus-client
  alone prometheus
else
  echo 'no apt-get or no packages: the tests of Debian programs will skip'
fi
rm -rf apt apt.log

cp "$here/package.json" . &&
  timeout 120 npm install --silent --no-package-lock --no-audit --no-fund --ignore-scripts \
    --fetch-retries=1 ||
  echo 'no npm packages: their tests will skip'
