import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, isApiError, type ServerDocument } from "@mcpstack/api-client";
import type { GatewayState } from "@mcpstack/model";
import { ReconcileError } from "../errors";
import { lookWhileFresh } from "../fresh";
import { lookUntil, notDeleted } from "../look-again";
import { NothingLeft } from "../nothing-left";
import type { CallOptions, Run } from "../run";
import type { GatewayMemory } from "./memory";

export interface DeleteGatewayOptions extends CallOptions {
  /** What was remembered of the gateway. Default: nothing. */
  readonly memory?: GatewayMemory | undefined;
}

/**
 * Deletes a gateway; one that is gone already is a success, where more than a 404 says so. An answer that does not plainly say that it was
 * done is believed no more: what the organization's list says then decides. Nor is a conflict, where no servers are attached and neither the list
 * nor its own answer knows the gateway any more. What this run took over stays: a renamed resource that adopts is
 * made before its old self is deleted.
 *
 * @throws ReconcileError `organization_mismatch`, `gateway_has_servers`, `delete_not_done`, ApiError
 */
export async function deleteGateway(run: Run, state: GatewayState, options: DeleteGatewayOptions = {}): Promise<void> {
  await run.assertOwner("Gateway", state, options);
  if (run.adopted.has(state.id)) return;
  // Attachments whose configuration names the gateway by its id alone are deleted at the same time as the gateway.
  let refusal = await refused(run, state, options);
  for (const wait of run.patience()) {
    if (!refusal) break;
    await sleep(wait, undefined, { signal: options.signal });
    // A service that deletes a gateway with servers attached would take down what others attached since the first try. Where nobody can tell
    // which are attached, nothing is deleted.
    if ((await run.reads.servers(state.id, options)).length > 0) continue;
    refusal = (await isGone(run, state, options)) ? undefined : await refused(run, state, options);
  }
  if (refusal && !(await isGone(run, state, options))) throw await explained(run, state, refusal, options);
  run.deleted.set(state.id, state);
  run.claimed.delete(state.id);
  run.reads.forget(state.id);
}

async function refused(
  run: Run,
  state: GatewayState,
  { memory, ...options }: DeleteGatewayOptions,
): Promise<ApiError | undefined> {
  const isListed = () => {
    run.reads.forget(state.id);
    return run.reads.isListed(state.id, options);
  };
  try {
    // A destroy is not told what was written of the settings that no state holds.
    const wordless = state.settingsWoVersion !== undefined || memory?.unsettled === true;
    const beforeRepeat = async () => {
      if (!(await isListed())) throw new NothingLeft();
      const summary = `Gateway ${state.id} (${state.name}) was not deleted: servers are attached to it.`;
      if ((await run.reads.servers(state.id, options)).length > 0) throw new ApiError({ code: "conflict", summary });
      return undefined;
    };
    const call = { ...options, wordless, beforeRepeat };
    const open = await run.api.deleteGateway(state.id, call).catch(async (error: unknown) => {
      // Some services delete only the version that is named.
      if (!isApiError(error, "conflict") || error.status !== 428) throw error;
      const { version } = await run.owned(run.api.getGateway(state.id, { ...options, mayHaveError: true }), options);
      await beforeRepeat();
      return run.api.deleteGateway(state.id, { ...call, version });
    });
    if (!open) return undefined;
    const isThere = await lookUntil(run, await isListed(), isListed, (listed) => !listed, {
      ...options,
      status: open.status,
      mayLag: () => true,
    });
    if (isThere) throw notDeleted(`Gateway ${state.id} (${state.name}) is still there`, open);
    return undefined;
  } catch (error) {
    if (error instanceof NothingLeft) return undefined;
    if (!isApiError(error)) throw error;
    if (error.code === "conflict") return error;
    // Gone before, or by a try of this very delete whose answer was lost. A credential that cannot see it is answered the same.
    if (error.code === "not_found") {
      const gone = () => run.reads.gone(state.id, options, error.status);
      // After a try that may have done it, a list that still names it may lag behind.
      await (error.mayHaveHappened ? lookWhileFresh(run, Date.now(), gone, () => false, options) : gone());
    } else if (!error.mayHaveHappened || (await isListed().catch(() => true))) throw error;
    return undefined;
  }
}

/** A refusal may be that of a gateway which is being deleted already, or is. Where nobody can tell, it is there. */
async function isGone(run: Run, state: GatewayState, options: CallOptions): Promise<boolean> {
  run.reads.forget(state.id);
  try {
    return (await run.reads.get(state.id, options)) === null;
  } catch (error) {
    if (!isApiError(error) || options.signal?.aborted) throw error;
    return false;
  }
}

async function explained(run: Run, state: GatewayState, refusal: ApiError, options: CallOptions): Promise<Error> {
  const servers = await run.reads.servers(state.id, options).catch((): ServerDocument[] => []);
  if (servers.length === 0) return refusal;
  const names = servers.map((server) => server.slug ?? server.name ?? server.id).join(", ");
  return new ReconcileError(
    "gateway_has_servers",
    `Gateway ${state.id} (${state.name}) was not deleted: servers are attached to it: ${names}. ` +
      "Detach them, or remove their attachments in the same program, first.",
  );
}
