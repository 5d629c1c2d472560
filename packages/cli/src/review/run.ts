import { ApiClient, isApiError, patienceOf, resolveConnection } from "@mcpstack/api-client";
import { metadataPreflight, type ReviewCommandOptions, runReview } from "@mcpstack/review";
import type { ExitCode } from "../command/exit";
import type { CommandIo } from "../command/io";
import { version } from "../version";

/** The command `mcpstack-iac review`: the review itself, with the network and the API given to it. */
export async function runReviewCommand(
  { args, ...options }: { readonly args: readonly string[] },
  io: CommandIo,
): Promise<ExitCode> {
  const api = apiWithCredential(io);
  try {
    const { cwd, env, stdin, stdout, stderr } = io;
    const input: ReviewCommandOptions = { ...options, input: args[0] ?? "-" };
    return await runReview(input, {
      cwd,
      env,
      stdin,
      stdout,
      stderr,
      now: io.now(),
      version,
      preflight: metadataPreflight,
      blastRadius: api && {
        async reach(gatewayId) {
          const call = { signal: io.signal };
          const [servers, grants] = await Promise.all([
            api.gatewayServers(gatewayId, call),
            api.gatewayGrants(gatewayId, call),
          ]);
          return { servers: servers.map(({ id, slug }) => slug ?? id), grants: grants.length };
        },
      },
    });
  } finally {
    await api?.close();
  }
}

/** A review needs no credential; one that is set and cannot be used is an error all the same. */
function apiWithCredential(io: CommandIo): ApiClient | undefined {
  try {
    return new ApiClient(resolveConnection({}, io.env), { patienceMs: patienceOf({}, io.env).retryMs });
  } catch (error) {
    if (isApiError(error, "credential_missing")) return undefined;
    throw error;
  }
}
