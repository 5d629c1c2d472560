import { PartialApply, type ResourceDefinition, schema, t, unknown, type ValueObject } from "../index";
import type { Store } from "./store";

/** A resource with an identity, an earlier schema version, private state and a create that may be interrupted. */
export const note: ResourceDefinition<Store> = {
  schema: schema({
    version: 2,
    attributes: {
      id: { type: t.string, computed: true, planModifiers: ["useStateForUnknown"] },
      text: { type: t.string, required: true },
      slow: { type: t.bool, optional: true },
      fails: { type: t.bool, optional: true },
      seen: { type: t.number, computed: true },
    },
  }),
  identity: { attributes: { id: { type: t.string, description: "The note's id" } } },
  read({ state, private: kept, client }) {
    const id = String(state.id);
    const document = client.read(id);
    if (document === undefined) return { state: null };
    const reads = Number(kept.reads ?? 0) + 1;
    return {
      state: { ...state, text: String(document.text), seen: state.seen ?? 0 },
      private: { ...kept, reads },
      identity: { id },
    };
  },
  plan({ proposed, prior, priorPrivate }) {
    if (proposed === null) return {};
    const seen = prior !== null && proposed === prior ? (prior.seen ?? null) : unknown;
    return { planned: { ...proposed, seen }, private: { ...priorPrivate, planned: "yes" } };
  },
  async create({ planned, client, ctx }) {
    const id = `note-${client.ids().length + 1}`;
    const state: ValueObject = { ...planned, id, seen: 0 };
    if (planned.slow) {
      client.write("started", {});
      await new Promise<void>((resolve) => {
        if (ctx.signal.aborted) resolve();
        ctx.signal.addEventListener("abort", () => resolve(), { once: true });
      });
      throw new PartialApply(state, ctx.signal.reason);
    }
    if (planned.fails) throw Object.assign(new Error("the store is full"), { code: "STORE_FULL" });
    client.write(id, { text: planned.text });
    ctx.log.info("created a note", { id });
    return { state, identity: { id } };
  },
  update({ planned, prior, private: kept, client }) {
    client.write(String(prior.id), { text: planned.text });
    return { state: { ...planned, seen: Number(kept.reads ?? 0) }, identity: { id: prior.id ?? null } };
  },
  delete: ({ prior, client }) => client.remove(String(prior.id)),
  import({ id, identity, client }) {
    const wanted = identity === undefined ? id : String(identity.id);
    return { state: client.read(wanted) === undefined ? null : { id: wanted }, identity: { id: wanted } };
  },
  upgrade: {
    1: (raw) => {
      const { id, message } = raw as { id: string; message: string };
      return { id, text: message, slow: null, fails: null, seen: 0 };
    },
  },
  moveState({ typeName, state }) {
    if (typeName !== "other_note") return undefined;
    return { state: { id: (state as { key: string }).key }, identity: { id: (state as { key: string }).key } };
  },
};
