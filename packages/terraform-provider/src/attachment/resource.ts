import { type AttachmentState, attachment, attachmentFields, snakeCase, validateAttachment } from "@mcpstack/model";
import type { Run } from "@mcpstack/reconciler";
import {
  type AttachmentField,
  attachmentFindings,
  createAttachment,
  deleteAttachment,
  importAttachment,
  planAttachment,
  readAttachment,
  updateAttachment,
} from "@mcpstack/reconciler";
import { type ReadResult, type ResourceDefinition, schema, t, unknown, type ValueObject } from "@mcpstack/tfplugin";
import { planDiagnostics, problemDiagnostic } from "../diagnostics";
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

  async read({ state, client, ctx }) {
    const refresh = async (): Promise<ReadResult> => {
      const read = await readAttachment(client, attachmentState(state), { signal: ctx.signal });
      return read
        ? { state: toAttributes(attachmentFields, { ...read }), identity: identityOf(read) }
        : { state: null };
    };
    return sayingOnce(client, refresh, { state });
  },

  plan({ prior, proposed: planned, config, client, ctx }) {
    if (!planned || !config) return {};
    const wanted = fromAttributes(attachmentFields, config);
    const input = {
      prior: prior ? attachmentState(prior) : undefined,
      desired: attachment(known(wanted)),
      unknown: unknownFields(wanted) as AttachmentField[],
    };
    const plan = planAttachment(input);
    const findings = client ? attachmentFindings(client, input, plan) : [];
    const outputs = Object.fromEntries(plan.unknown.map((name) => [snakeCase(name), unknown]));
    // The attachment is its server's: its id is known as soon as the server's is.
    return {
      planned: { ...planned, ...outputs, id: planned.server_id ?? null },
      diagnostics: planDiagnostics(findings, attachmentFields, ctx),
    };
  },

  async create({ planned, client, ctx }) {
    return applied(planned, createAttachment(client, desiredOf(planned), { signal: ctx.signal }));
  },

  async update({ prior, planned, client, ctx }) {
    return applied(
      planned,
      updateAttachment(client, attachmentState(prior), desiredOf(planned), { signal: ctx.signal }),
    );
  },

  async delete({ prior, client, ctx }) {
    await deleteAttachment(client, attachmentState(prior), { signal: ctx.signal });
    return {};
  },

  async import({ id, identity, client, ctx }) {
    const serverId = typeof identity?.server_id === "string" ? identity.server_id : id;
    const owner = { id: serverId, organizationId: organizationOf(identity) };
    await client.assertOwner("Attachment of server", owner, { signal: ctx.signal });
    const state = await importAttachment(client, serverId, { signal: ctx.signal });
    return { state: toAttributes(attachmentFields, { ...state }), identity: identityOf(state) };
  },
};

async function applied(planned: ValueObject, work: Promise<AttachmentState>) {
  const kept = (state: AttachmentState) => ({
    state: { ...planned, ...toAttributes(attachmentFields, { ...state }) },
    identity: identityOf(state),
  });
  return kept(await keepingPartial(work, kept));
}

function attachmentState(attributes: ValueObject): AttachmentState {
  return { organizationId: "", ...fromAttributes(attachmentFields, attributes) } as unknown as AttachmentState;
}

function desiredOf(planned: ValueObject) {
  return attachment(known(fromAttributes(attachmentFields, planned)));
}

function identityOf(state: AttachmentState): ValueObject {
  return { server_id: state.serverId, organization_id: state.organizationId };
}
