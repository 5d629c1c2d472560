// Writes the review into one comment of the pull request: updates the one that an earlier run made, or makes it.
// Takes GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST and COMMENT_FILE, and what identity.mjs names.
import { readFile } from "node:fs/promises";
import { markerOf, reviewName, unnamed, unreviewed } from "./identity.mjs";

const {
  GITHUB_API_URL = "https://api.github.com",
  GITHUB_REPOSITORY,
  GITHUB_TOKEN,
  PULL_REQUEST,
  COMMENT_FILE,
} = process.env;
const name = reviewName(process.env);
const maxPages = 30;
const maxUpdates = 5;

/** Calls the API; a token that may only read, as for a pull request from a fork, is no reason to fail the job. */
async function call(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${GITHUB_TOKEN}`,
      "x-github-api-version": "2022-11-28",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.ok) return response.json();
  await response.body?.cancel();
  throw new Error(`GitHub answered ${response.status} to ${method} ${path.split("?")[0]}`);
}

/**
 * The comments that may be of an earlier run of this review, its own first, then those from before reviews had names; of both the newest
 * first. Only a bot's count: anybody can write a comment that begins like it, and edit it later.
 */
async function earlierComments() {
  const markers = [markerOf(name), unnamed];
  const found = [];
  for (let page = 1; page <= maxPages; page += 1) {
    const comments = await call(
      "GET",
      `/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments?per_page=100&page=${page}`,
    );
    found.unshift(...comments.filter(({ user }) => user?.type === "Bot").reverse());
    if (comments.length < 100) break;
  }
  return markers
    .flatMap((marker) => found.filter(({ body }) => body?.startsWith(marker)).slice(0, maxUpdates))
    .map(({ id }) => Number(id));
}

/** Updates the first comment that lets itself be updated: one that another bot was made to write does not keep the review from being read. */
async function updated(body) {
  for (const id of await earlierComments()) {
    try {
      const comment = `/repos/${GITHUB_REPOSITORY}/issues/comments/${id}`;
      await call("PATCH", comment, { body });
      // Another review of the same change may have taken an unnamed one at the same moment.
      if ((await call("GET", comment)).body?.startsWith(markerOf(name))) return true;
    } catch {}
  }
  return false;
}

try {
  if (!/^\d+$/.test(PULL_REQUEST ?? "") || !/^[\w.-]+\/[\w.-]+$/.test(GITHUB_REPOSITORY ?? ""))
    throw new Error("there is no pull request to comment on");
  const body = COMMENT_FILE ? await readFile(COMMENT_FILE, "utf8") : unreviewed(name);
  const isUpdated = await updated(body);
  if (!isUpdated) await call("POST", `/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments`, { body });
  console.log(isUpdated ? "The comment was updated." : "The comment was written.");
} catch (error) {
  console.log(
    `::warning title=MCP Stack review::The comment was not written: ${error.message}. The summary of the job has it.`,
  );
}
