#!/bin/bash -p
# Starts a script of this folder, whose name is the first argument, with nothing of the checkout under review in front of Node:
# a step before this one may have put a folder of the checkout on the path, or an option for Node into the environment.
# -p keeps functions and a start file out of bash itself; only what bash has built in is used here.
set -euo pipefail

here="$(cd -P -- "${BASH_SOURCE[0]%/*}" && pwd)"
checkout="$(cd -P -- "${REVIEW_CHECKOUT:-${GITHUB_WORKSPACE:-.}}" && pwd)"

# Whether the folder of a path, with its symbolic links followed, is the checkout or lies in it.
in_checkout() {
  local real
  real="$(cd -P -- "$1" 2>/dev/null && pwd)" || return 1
  case "$real/" in "$checkout"/*) return 0 ;; esac
  return 1
}

if in_checkout "$here"; then
  echo "::error title=MCP Stack review::The Action lies in the checkout that it reviews, so that a change could choose its own reviewer. Use it by its repository and commit. [action-in-checkout]"
  exit 2
fi

kept=
IFS=: read -r -a folders <<< "$PATH"
for folder in "${folders[@]}"; do
  case "$folder" in
    /*) if ! in_checkout "$folder"; then kept="$kept${kept:+:}$folder"; fi ;;
  esac
done
export PATH="$kept"

# A further authority may be named, but not by the checkout.
authority="${NODE_EXTRA_CA_CERTS:-}"
case "$authority" in
  /*) if in_checkout "${authority%/*}/"; then authority=; fi ;;
  *) authority= ;;
esac
unset "${!NODE_@}" "${!OPENSSL_@}" "${!GIT_@}" "${!LD_@}" "${!DYLD_@}"
if [ -n "$authority" ]; then export NODE_EXTRA_CA_CERTS="$authority"; fi

exec node "$here/$1"
