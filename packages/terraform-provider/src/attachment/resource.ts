import { type AttachmentState, attachment, attachmentFields, snakeCase, validateAttachment } from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import {
  type AttachmentField,
  attachmentFindings,
  createAttachment,
  deleteAttachment,
  foreseeAttachment,
  foreseeCredential,
  foreseeDetach,
  foreseeKept,
  foreseeMoved,
  importAttachment,
  isSameServer,
  planAttachment,
  ReconcileError,
  readAttachment,
  updateAttachment,
} from "@mcpstack/reconciler";
import {
  type Context,
  type PrivateState,
  type ReadResult,
  type ResourceDefinition,
  schema,
  t,
  unknown,
  type ValueObject,
} from "@mcpstack/tfplugin";
import { hearing, planDiagnostics, problemDiagnostic } from "../diagnostics";
import { keepingPartial } from "../partial-failure";
import { sayingOnce } from "../say-once";
import { attributesOf } from "../schema/attributes";
import { containsUnknown, fromAttributes, known, toAttributes, unknownFields } from "../values/convert";
import { organizationOf } from "../values/identity";

const attributes = attributesOf(attachmentFields);

/** `mcpstack_server_gateway_attachment`. */
export const attachmentResource: ResourceDefinition<Run> = {
  schema: schema({
    description:
      "Says which gateway an MCP server uses. It creates the server's public route: its MCP URL, its discovery documents and its callback URL.",
    attributes: {
      ...attributes,
      ...Object.fromEntries(
        (["organization_id", "public_id", "mcp_url", "callback_url"] as const).map((name) => [
          name,
          { ...attributes[name], planModifiers: ["useStateForUnknown"] } as (typeof attributes)[string],
        ]),
      ),
    },
  }),
  identity: {
    attributes: {
      server_id: { type: t.string, description: attachmentFields.serverId.description },
      organization_id: {
        type: t.string,
        optionalForImport: true,
        description: attachmentFields.organizationId.description,
      },
    },
  },

  validate: (config) =>
    validateAttachment(fromAttributes(attachmentFields, config), { isUnknown: containsUnknown }).map((problem) =>
      problemDiagnostic(problem, attachmentFields),
    ),

  async read({ state, private: kept, client, ctx }) {
    const { diagnostics, hear } = hearing(attachmentFields);
    const refresh = async (): Promise<ReadResult> => {
      const options = { signal: ctx.signal, hear, mayPrecedeDestroy: ctx.mayPrecedeDestroy() };
      const read = await readAttachment(client, attachmentState(state, kept), options);
      return read ? { ...keptState(read), diagnostics } : { state: null, diagnostics };
    };
    return sayingOnce(client, refresh, { state });
  },

  async plan({ prior: before, proposed: planned, config, priorPrivate, client, ctx }) {
    const prior = before ? attachmentState(before, priorPrivate) : undefined;
    const { diagnostics, hear } = hearing(attachmentFields, ctx);
    if (!planned || !config) {
      const isKept = prior && client && foreseeDetach(client, prior, { hear }).isKept;
      return isKept ? { private: { ...priorPrivate, kept: true }, diagnostics } : {};
    }
    const { signal } = ctx;
    const wanted = fromAttributes(attachmentFields, config);
    const desired = attachment(known(wanted));
    const isSame = await isOneServer(client, prior, desired.serverId, ctx);
    const input = { prior, desired, unknown: unknownFields(wanted) as AttachmentField[], isSameServer: isSame };
    const isLeft = client && prior && isSame ? foreseeKept(client, prior, { hear }).isLeft : false;
    const plan = planAttachment({ ...input, isLeft });
    if (client && prior && plan.change === "update") foreseeMoved(client, prior, plan, { hear });
    if (client) {
      // Core plans what is replaced once more, without what there was, and hands on what the first plan kept.
      const isReplacement = prior === undefined && typeof priorPrivate.server === "string";
      const foreseen =
        (await foreseeCredential(client, { signal })) ??
        (await foreseeAttachment(client, { ...input, isReplacement }, { signal, keepsLook: true }));
      for (const notice of foreseen) hear(notice);
      diagnostics.push(...planDiagnostics(attachmentFindings(client, input, plan), attachmentFields, ctx));
    }
    const outputs = Object.fromEntries(plan.unknown.map((name) => [snakeCase(name), unknown]));
    // A server that is named in another way is the same one: core takes the name that the state has for no change.
    const serverId = (isSame ? before?.server_id : planned.server_id) ?? null;
    return {
      // The attachment is its server's: its id is known as soon as the server's is.
      planned: { ...planned, ...outputs, server_id: serverId, id: serverId },
      requiresReplace: plan.replaced.map((name) => [snakeCase(name)]),
      ...(prior && { private: privateOf(prior) }),
      diagnostics,
    };
  },

  async create({ planned, client, ctx }) {
    const { diagnostics, hear } = hearing(attachmentFields);
    const work = createAttachment(client, desiredOf(planned), { signal: ctx.signal, hear });
    return { ...(await applied(planned, work)), diagnostics };
  },

  async update({ prior, planned, private: kept, client, ctx }) {
    const { diagnostics, hear } = hearing(attachmentFields);
    const options = { signal: ctx.signal, hear };
    const work = updateAttachment(client, attachmentState(prior, kept), desiredOf(planned), options);
    return { ...(await applied(planned, work)), diagnostics };
  },

  async delete({ prior, private: kept, client, ctx }) {
    const { diagnostics, hear } = hearing(attachmentFields);
    await deleteAttachment(client, attachmentState(prior, kept), {
      signal: ctx.signal,
      hear,
      isKept: kept.kept === true,
    });
    return { diagnostics };
  },

  async import({ id, identity, client, ctx }) {
    const serverId = typeof identity?.server_id === "string" ? identity.server_id : id;
    const owner = { id: serverId, organizationId: organizationOf(identity) };
    await client.assertOwner("Attachment of server", owner, { signal: ctx.signal });
    return keptState(await importAttachment(client, serverId, { signal: ctx.signal }));
  },
};

/** Whether the program names the server that the state has. A name that means none must not veto a destroy, which takes the server off anyhow. */
async function isOneServer(
  client: Run | undefined,
  prior: AttachmentState | undefined,
  serverId: string | undefined,
  ctx: Context,
): Promise<boolean> {
  if (client === undefined || prior === undefined || serverId === undefined) return false;
  try {
    return await isSameServer(client, prior, serverId, { signal: ctx.signal });
  } catch (error) {
    if (error instanceof ReconcileError && ctx.mayPrecedeDestroy()) return false;
    throw error;
  }
}

async function applied(planned: ValueObject, work: Promise<AttachmentState>) {
  const kept = (state: AttachmentState) => ({
    ...keptState(state),
    state: { ...planned, ...toAttributes(attachmentFields, { ...state }) },
  });
  return kept(await keepingPartial(work, kept));
}

/** A state with what is kept beside it: which server its name meant, and when it was written. */
function keptState(state: AttachmentState) {
  return {
    state: toAttributes(attachmentFields, { ...state }),
    private: privateOf(state),
    identity: identityOf(state),
  };
}

function privateOf({ resolvedId, serverId, writtenAt }: AttachmentState): PrivateState {
  return {
    server: resolvedId ?? serverId,
    resolved: resolvedId !== undefined,
    ...(writtenAt !== undefined && { writtenAt }),
  };
}

function attachmentState(attributes: ValueObject, kept: PrivateState): AttachmentState {
  const values = fromAttributes(attachmentFields, attributes);
  const resolvedId = kept.resolved === true && typeof kept.server === "string" ? kept.server : undefined;
  const writtenAt = typeof kept.writtenAt === "number" ? kept.writtenAt : undefined;
  return { organizationId: "", ...values, resolvedId, writtenAt } as unknown as AttachmentState;
}

function desiredOf(planned: ValueObject) {
  return attachment(known(fromAttributes(attachmentFields, planned)));
}

function identityOf(state: AttachmentState): ValueObject {
  return { server_id: state.resolvedId ?? state.serverId, organization_id: state.organizationId };
}
