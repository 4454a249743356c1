# What every script here needs before it can build: sourced by tests/run and samples/tour, which set `root`.
# shellcheck shell=sh

packages='cmake g++ ninja-build libpoco-dev libsqlite3-dev libsqlitecpp-dev nlohmann-json3-dev libcli11-dev libfmt-dev
libhowardhinnant-date-dev libicu-dev libphonenumber-dev libarchive-dev libgit2-dev libical-dev libgmime-3.0-dev libsodium-dev pkg-config
libboost-test-dev ccache tzdata ca-certificates'
# The pages are built with node. Some builds of it bring npm along and refuse a package of that name.
command -v node >/dev/null || packages="$packages nodejs"
command -v npm >/dev/null || packages="$packages npm"

# What only tests need.
add_test_packages() {
  packages="$packages python3-vobject python3-hypothesis python3-jsonschema clang libclang-rt-dev chromium fonts-dejavu-core"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Two files are compiled at once, unless the caller asks for more.
if [ "$(nproc 2>/dev/null || echo 1)" -gt 1 ]; then jobs=2; else jobs=1; fi
export CMAKE_BUILD_PARALLEL_LEVEL="${CMAKE_BUILD_PARALLEL_LEVEL:-$jobs}"

say() { printf '%s\n' "$*" >&2; }

# Runs a command without a word, and prints all that it said when it fails.
quietly() {
  if "$@" >"$scratch/log" 2>&1 </dev/null; then return 0; else status=$?; fi
  say "failed: $*"
  cat "$scratch/log" >&2
  return "$status"
}

missing_packages() {
  for package in $packages; do
    case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
      *' installed') ;;
      *) printf ' %s' "$package" ;;
    esac
  done
}

install_packages() {
  if [ "$(id -u)" -eq 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
  else
    say "These packages are needed:$*"
    say "Install them as root, then run this again:"
    say "  apt-get install$*"
    return 1
  fi
  say "Installing$*"
  quietly $as_root apt-get update || return
  # shellcheck disable=SC2068,SC2086 # package names hold no blanks, and `as_root` may be nothing
  quietly $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $@
}

list_libraries() {
  say "
Ties needs these, with their headers. Install them with your system's package manager, then run this again:
  CMake 3.25 or newer, and a C++20 compiler (GCC 12 or newer)
  POCO (Foundation, Zip, Net, SSL) SQLite 3
  SQLiteCpp                        nlohmann-json
  CLI11                            fmt
  date (Howard Hinnant's, with tz) ICU
  libphonenumber                   libarchive
  libgit2                          libical 3
  GMime 3                          libsodium
  Boost.Test                       node (18 or newer) with npm
The tests also need clang with libFuzzer, Chromium, and python3 with vobject, hypothesis and jsonschema.
Ninja and ccache make it faster, where there are any."
}

install_missing() {
  if command -v apt-get >/dev/null; then
    missing=$(missing_packages)
    if [ -n "$missing" ]; then install_packages "$missing" || return; fi
  elif ! command -v cmake >/dev/null; then
    list_libraries
    return 1
  fi
}

# configure FOLDER OPTION...: makes a build folder ready, installing what is missing first.
configure() {
  install_missing || return
  folder=$1
  shift
  if [ ! -e "$folder/CMakeCache.txt" ]; then
    say "Building into ${folder#"$root"/}: the first time takes some minutes."
    if command -v ninja >/dev/null; then set -- -G Ninja "$@"; fi
  fi
  if quietly cmake -S "$root" -B "$folder" "$@"; then return 0; else status=$?; fi
  if ! command -v apt-get >/dev/null; then list_libraries; fi
  return "$status"
}
