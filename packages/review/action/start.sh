#!/bin/bash -p
# Starts a script of this folder, whose name is the first argument, with nothing of the checkout under review in front of Node:
# a step before this one may have put a folder of the checkout on the path, or an option for Node into the environment.
# -p keeps functions, options and a start file out of bash itself. Beside readlink only what bash has built in is used here.
set -euo pipefail

# A further authority may be named, but not by the checkout; whether it is, is known below.
authority="${NODE_EXTRA_CA_CERTS:-}"
# What Node, git and their libraries obey, and what would have bash look for programs and folders elsewhere.
unset "${!NODE_@}" "${!OPENSSL_@}" "${!GIT_@}" "${!LD_@}" "${!DYLD_@}" "${!MALLOC_@}" \
  BASH_ENV ENV CDPATH EXECIGNORE GCONV_PATH GLIBC_TUNABLES LOCPATH

fail() {
  echo "::error title=MCP Stack review::$1"
  exit 2
}

here="$(cd -P -- "${BASH_SOURCE[0]%/*}" && pwd)"
checkout="$(cd -P -- "${REVIEW_CHECKOUT:-${GITHUB_WORKSPACE:-.}}" 2>/dev/null && pwd)" ||
  fail "The folder of the checkout cannot be entered. [checkout-missing]"

# Whether the way to an absolute path goes into the checkout, also where it leaves it again: whoever wrote a link that is followed chose
# what is at its end. A way that cannot be followed counts as one.
enters_checkout() {
  local rest="$1/" at="" links=0 step target
  while [ -n "$rest" ]; do
    step="${rest%%/*}"
    rest="${rest#*/}"
    case "$step" in
      "" | .) continue ;;
      # What is before it is no link any more, so that this is the parent.
      ..) at="${at%/*}" ;;
      *) at="$at/$step" ;;
    esac
    if [ "${at:-/}" -ef "$checkout" ]; then return 0; fi
    if [ -L "$at" ]; then
      links=$((links + 1))
      if [ "$links" -gt 40 ]; then return 0; fi
      # From the system's own path, which the environment does not decide. A newline at the end of a name would be lost without more.
      target="$(command -p readlink "$at" && echo end)" || return 0
      target="${target%?end}"
      case "$target" in
        /*) at="" ;;
        *) at="${at%/*}" ;;
      esac
      rest="$target/$rest"
    fi
  done
  return 1
}

if enters_checkout "$here"; then
  fail "The Action lies in the checkout that it reviews, so that a change could choose its own reviewer. Use it by its repository and commit. [action-in-checkout]"
fi

# The folders of the path in which none of the programs that are started is the checkout's. git starts ssh for an address that says so.
is_usable() {
  local name
  if enters_checkout "$1"; then return 1; fi
  for name in node git ssh; do
    if [ -e "$1/$name" ] && enters_checkout "$1/$name"; then return 1; fi
  done
}

kept=
node=
IFS=: read -r -a folders <<< "${PATH:-}"
for folder in ${folders[@]+"${folders[@]}"}; do
  case "$folder" in
    /*)
      if is_usable "$folder"; then
        kept="$kept${kept:+:}$folder"
        if [ -z "$node" ] && [ -f "$folder/node" ] && [ -x "$folder/node" ]; then node="$folder/node"; fi
      fi
      ;;
  esac
done
export PATH="$kept"
if [ -z "$node" ]; then
  fail "There is no Node on the path, beside any that the checkout brings. [node-missing]"
fi

case "$authority" in
  /*) if ! enters_checkout "$authority"; then export NODE_EXTRA_CA_CERTS="$authority"; fi ;;
esac

exec "$node" "$here/$1"
