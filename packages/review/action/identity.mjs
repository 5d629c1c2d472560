// Which review of a change this is. Several may be made of one, such as of staging and of production, and none takes another's place. Pure.
import path from "node:path";

/**
 * What the review is called: what the workflow's author says, or what it is of.
 * @param {Record<string, string | undefined>} env
 *   REVIEW_NAME                                     the name
 *   REVIEW_ENVIRONMENT, REVIEW_PLAN, REVIEW_SOURCE  without one, these together, as the workflow's author wrote them
 *   RUNNER_TEMP, GITHUB_WORKSPACE, REVIEW_CHECKOUT  left out of paths, since a runner may have another folder the next time
 */
export function reviewName(env) {
  if (env.REVIEW_NAME) return env.REVIEW_NAME;
  const folders = [env.RUNNER_TEMP, env.REVIEW_CHECKOUT || env.GITHUB_WORKSPACE].filter(Boolean);
  const short = (file) => {
    const whole = path.normalize(file);
    const folder = folders.map((one) => path.join(one, "/")).find((one) => whole.startsWith(one));
    return folder === undefined ? whole : whole.slice(folder.length);
  };
  const source = short(path.join(env.REVIEW_SOURCE || ".", "/"));
  return [
    env.REVIEW_ENVIRONMENT,
    env.REVIEW_PLAN && short(env.REVIEW_PLAN),
    source === "./" || source === "" ? undefined : source,
  ]
    .filter(Boolean)
    .join(", ");
}

/** How a comment begins by which an earlier one of the same review is found; as the command writes it (render/comment-marker.ts). */
export function markerOf(name) {
  return name
    ? `<!-- mcpstack-review: ${encodeURIComponent(name.toWellFormed()).replaceAll("--", "%2D%2D")} -->`
    : unnamed;
}

/** How the comments of every review began before reviews had names. */
export const unnamed = "<!-- mcpstack-review -->";

/** The comment where there is no review: an old one must not go on saying what is no longer known. */
export function unreviewed(name) {
  const shown = name.replace(/[^\p{L}\p{N} ,./:_-]/gu, "?").slice(0, 200);
  return `${markerOf(name)}\n**MCP Stack${shown && ` (\`${shown}\`)`}: the plan could not be reviewed.** The log of the job says why.\n`;
}
