#!/usr/bin/env bash
# Runs the review for action.yml. Everything comes in REVIEW_* variables; the exit code is that of the review.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
work="$(mktemp -d "${RUNNER_TEMP:-/tmp}/mcpstack-review.XXXXXX")"
comment="$work/comment.md"
sarif="$work/review.sarif"
policy="${REVIEW_POLICY:-mcpstack-review.yaml}"

# The policy as the base branch has it, so that nobody excuses himself. A base without one has "none".
arguments=()
code=0
if [ -n "${REVIEW_BASE_SHA:-}" ]; then
  if ! git cat-file -e "$REVIEW_BASE_SHA^{commit}" 2>/dev/null && ! git fetch --quiet --depth=1 origin "$REVIEW_BASE_SHA"; then
    echo "::error title=MCP Stack review::The base commit cannot be fetched, so the policy that holds is not known."
    code=2
  elif git cat-file -e "$REVIEW_BASE_SHA:./$policy" 2>/dev/null; then
    git show "$REVIEW_BASE_SHA:./$policy" > "$work/base-policy.yaml"
    arguments+=(--base-policy "$work/base-policy.yaml")
  else
    arguments+=(--base-policy none)
  fi
fi
if [ -e "$policy" ]; then arguments+=(--policy "$policy"); fi
if [ -n "${REVIEW_BASE:-}" ]; then arguments+=(--base "$REVIEW_BASE"); fi
if [ -n "${REVIEW_ENVIRONMENT:-}" ]; then arguments+=(--environment "$REVIEW_ENVIRONMENT"); fi
if [ "${REVIEW_PREFLIGHT:-true}" != "true" ]; then arguments+=(--no-preflight); fi

# REVIEW_COMMAND is a command line that the workflow's author wrote, split at spaces.
if [ -n "${REVIEW_COMMAND:-}" ]; then
  read -r -a command <<< "$REVIEW_COMMAND"
else
  version="$(node -p 'require(process.argv[1]).version' "$here/../../cli/package.json")"
  command=(npx --yes "mcpstack-iac@$version" review)
fi

if [ "$code" -eq 0 ]; then
  "${command[@]}" \
    --format github \
    --also "markdown=$comment" \
    --also "sarif=$sarif" \
    --fail-on "${REVIEW_FAIL_ON:-error}" \
    --source "${REVIEW_SOURCE:-.}" \
    ${arguments[@]+"${arguments[@]}"} \
    -- "$REVIEW_PLAN" || code=$?
fi

# An old comment must not go on saying what is no longer known.
if [ ! -s "$comment" ]; then
  printf '%s\n' '<!-- mcpstack-review -->' '**MCP Stack: the plan could not be reviewed.** The log of the job says why.' > "$comment"
  if [ "$code" -eq 0 ]; then code=2; fi
fi
cat "$comment" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"
{
  echo "exit-code=$code"
  echo "comment-file=$comment"
  echo "sarif-file=$sarif"
} >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
