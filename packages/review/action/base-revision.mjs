// Which revision the change under review is measured against: the one whose policy holds. Pure.
import { Problem } from "./problem.mjs";

/** What git writes where there is no revision, such as in the push that makes a branch. */
const none = /^0*$/;

/**
 * Takes the first revision that is given, in the order of how well it is known to be the base.
 * @param {Record<string, string | undefined>} env
 *   REVIEW_BASE_REVISION       what the workflow's author says
 *   REVIEW_PULL_REQUEST_BASE   the base branch of a pull request. Such an event has a `before` too: the request's own last state
 *   REVIEW_MERGE_GROUP_BASE    what a merge queue merges onto
 *   REVIEW_PUSH_BEFORE         what the branch was before a push
 *   REVIEW_DEFAULT_BRANCH, GITHUB_REF, GITHUB_REF_PROTECTED   whose branch was pushed to
 * @returns {string} 40 lower-case hex digits
 * @throws Problem base-missing, base-invalid
 */
export function baseRevision(env) {
  const given = [env.REVIEW_BASE_REVISION, env.REVIEW_PULL_REQUEST_BASE, env.REVIEW_MERGE_GROUP_BASE];
  const revision = given.find((text) => text !== undefined && !none.test(text)) ?? pushed(env);
  if (revision === undefined) {
    throw new Problem(
      "base-missing",
      "There is no base revision to take the policy from, so nothing says what is allowed. " +
        "Run on pull_request, merge_group, or a push to the default branch, or give base-revision.",
    );
  }
  // Git takes options and expressions where a revision is meant, so nothing else gets that far.
  if (!/^[0-9a-f]{40}$/i.test(revision)) {
    throw new Problem("base-invalid", "The base revision is not 40 hex digits, so the policy that holds is not known.");
  }
  return revision.toLowerCase();
}

/** On a branch of its author's own, what was there before the push is his as well: a policy that he pushed a minute earlier. */
function pushed({ REVIEW_PUSH_BEFORE: before, REVIEW_DEFAULT_BRANCH, GITHUB_REF, GITHUB_REF_PROTECTED }) {
  if (before === undefined || none.test(before)) return undefined;
  const isDefault = !GITHUB_REF || !REVIEW_DEFAULT_BRANCH || GITHUB_REF === `refs/heads/${REVIEW_DEFAULT_BRANCH}`;
  return isDefault || GITHUB_REF_PROTECTED === "true" ? before : undefined;
}
