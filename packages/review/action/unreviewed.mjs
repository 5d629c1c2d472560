/** How the comment begins by which an earlier one is found. */
export const marker = "<!-- mcpstack-review -->";

/** The comment where there is no review: an old one must not go on saying what is no longer known. */
export const unreviewed = `${marker}\n**MCP Stack: the plan could not be reviewed.** The log of the job says why.\n`;
