import { createHash } from "node:crypto";
import type { ServerBehaviour } from "../behaviour/switches";
import { type OrganizationCall, objectBody } from "./call";
import { Refusal, type Reply } from "./reply";

/** The version of a record: another one after every change. */
export function versionOf(record: object): string {
  return createHash("sha256").update(JSON.stringify(record)).digest("hex").slice(0, 16);
}

/** The field that a document has for its version. */
export function versionField(record: object, { versions }: ServerBehaviour): { version?: string } {
  return versions === "field" ? { version: versionOf(record) } : {};
}

/** An answer with the version of what it is about as its `ETag`, where the behaviour has one. */
export function withTag(reply: Reply, record: object, behaviour: ServerBehaviour): Reply {
  const tag = tagOf(record, behaviour);
  return tag === undefined ? reply : { ...reply, headers: { ...reply.headers, etag: tag } };
}

/** Refuses a write that was made for another version, or that names none where one is demanded. */
export function requireVersion(call: OrganizationCall, record: object): void {
  const { versions, versionDemanded, versionConflict } = call.behaviour;
  if (versions === "none") return;
  const given = givenVersion(call);
  if (given === undefined) {
    // What takes no version cannot demand one.
    if (versionDemanded === "yes" && versions !== "weak-etag-never-matching")
      throw new Refusal(428, "precondition_required", "Say which version this is for.");
    return;
  }
  const isSame = versions === "field" ? given === versionOf(record) : given === tagOf(record, call.behaviour);
  // By RFC 9110 §13.1.1 no weak tag matches; many a service compares it all the same.
  if (isSame && versions !== "weak-etag-never-matching") return;
  throw new Refusal(Number(versionConflict), "changed", "It was changed in the meantime: refresh and re-apply.");
}

function tagOf(record: object, { versions }: ServerBehaviour): string | undefined {
  if (versions === "none" || versions === "field") return undefined;
  return versions === "etag" ? `"${versionOf(record)}"` : `W/"${versionOf(record)}"`;
}

function givenVersion(call: OrganizationCall): unknown {
  if (call.behaviour.versions !== "field") return call.headers["if-match"];
  return call.body === "" ? undefined : objectBody(call).version;
}
