import type { AttachmentState } from "@mcpstack/model";
import { ownDocument } from "../lookups/find-server";
import type { CallOptions, Run } from "../run";
import { serverIdOf } from "./servers";

/**
 * Whether a name that a program gives means the server that a state stands for: its id, its slug, or a slug that it was renamed to. The API
 * is asked only where the texts do not tell.
 *
 * @throws ReconcileError `server_not_found`: a program that names no server must not have the one that it had detached. ApiError
 */
export async function isSameServer(
  run: Run,
  prior: Pick<AttachmentState, "serverId" | "resolvedId">,
  name: string,
  options: CallOptions = {},
): Promise<boolean> {
  if (name === prior.serverId || name === prior.resolvedId) return true;
  const id = run.servers.knownId(name) ?? (await lookedUp(run, name, options));
  if (id === prior.resolvedId) return true;
  // An attachment may have been answered with the server's slug for its id, and an older state remembers none.
  return id === (await serverIdOf(run, prior.resolvedId ?? prior.serverId, options.signal));
}

async function lookedUp(run: Run, name: string, options: CallOptions): Promise<string> {
  const server = await ownDocument(run, name, options);
  run.servers.learnDocument(server);
  run.servers.learn(name, server.id);
  return server.id;
}
