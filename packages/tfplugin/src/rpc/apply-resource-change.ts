import { toDiagnostics } from "../convert/diagnostics";
import { objectFrom, toDynamicValue } from "../convert/dynamic-value";
import { identityFrom, toIdentity } from "../convert/identity";
import { isWhollyKnown, type Value, type ValueObject } from "../cty/value";
import { type Diagnostic, errorDiagnostic, hasErrors } from "../diagnostics/diagnostic";
import { DefinitionError, diagnosticsOf, PartialApply } from "../diagnostics/errors";
import type { ApplyResult, Context, ResourceDefinition } from "../provider/definition";
import { decodePrivate, encodePrivate, type PrivateState } from "../provider/private";
import { withoutWriteOnly } from "../schema/write-only";
import type { ApplyResourceChange_Request } from "../wire/gen/tfplugin6_pb";
import type { Handler } from "./handler";
import { knownParts, unknownPaths } from "./known";
import { clientFor, resourceOf } from "./lookup";

export const applyResourceChange: Handler<"applyResourceChange"> = async (provider, request, signal) => {
  const resource = resourceOf(provider, request.typeName);
  const ctx = provider.context(signal, undefined);
  const prior = objectFrom(resource.schema.type, request.priorState);
  const planned = objectFrom(resource.schema.type, request.plannedState);
  const doing = `${planned === null ? "delete" : prior === null ? "create" : "update"} ${request.typeName}`;
  try {
    const client = clientFor(provider, doing);
    const before = {
      private: decodePrivate(request.plannedPrivate),
      identity: identityFrom(resource.identity, request.plannedIdentity),
      client,
      ctx,
    };
    if (planned === null) {
      if (prior === null) return {};
      const gone = await resource.delete({ ...before, prior });
      const diagnostics = toDiagnostics(gone?.diagnostics, resource.schema.type);
      return hasErrors(gone?.diagnostics ?? []) ? { ...unchanged(request), diagnostics } : { diagnostics };
    }
    const config = objectFrom(resource.schema.type, request.config) ?? planned;
    const result = await change(resource, { ...before, prior, planned, config }, request.typeName);
    return answer(resource, request, result.state, result);
  } catch (error) {
    const diagnostics = diagnosticsOf(error, doing);
    if (error instanceof PartialApply && planned !== null) {
      const said = prior === null ? diagnostics.map(saidToBeTainted) : diagnostics;
      return answer(resource, request, error.state, { ...partial(error), diagnostics: said });
    }
    return {
      ...(prior === null ? {} : unchanged(request)),
      diagnostics: toDiagnostics(diagnostics, resource.schema.type),
    };
  }
};

/** Core does not say it before the next plan, which would destroy what was made. */
function saidToBeTainted(diagnostic: Diagnostic): Diagnostic {
  if (diagnostic.severity !== "error") return diagnostic;
  const advice =
    "It exists now, and is marked as tainted: the next apply would destroy it and make it anew. To keep it, run `terraform untaint ADDRESS` " +
    "(`tofu untaint ADDRESS`) with the address of this resource, and apply again.";
  return { ...diagnostic, detail: `${diagnostic.detail ?? ""}\n\n${advice}` };
}

interface Change {
  readonly prior: ValueObject | null;
  readonly planned: ValueObject;
  readonly config: ValueObject;
  readonly private: PrivateState;
  readonly identity: ValueObject | undefined;
  readonly client: unknown;
  readonly ctx: Context;
}

function change(resource: ResourceDefinition<unknown>, { prior, ...request }: Change, typeName: string) {
  if (prior === null) return resource.create(request);
  if (resource.update === undefined)
    throw new DefinitionError(`${typeName} has no update: a change of any of its attributes must need a replacement.`);
  return resource.update({ ...request, prior });
}

/** A failed update or delete leaves what was. */
function unchanged(request: ApplyResourceChange_Request) {
  return { newState: request.priorState, private: request.plannedPrivate, newIdentity: request.plannedIdentity };
}

function partial({ private: kept, identity }: PartialApply): Omit<ApplyResult, "state"> {
  return { ...(kept === undefined ? {} : { private: kept }), ...(identity === undefined ? {} : { identity }) };
}

/** The state after an apply: wholly known. What is still unknown is saved as null, and is an error unless there is one already. */
function answer(
  resource: ResourceDefinition<unknown>,
  request: ApplyResourceChange_Request,
  state: Value,
  result: Omit<ApplyResult, "state">,
) {
  const { schema, identity } = resource;
  const diagnostics = [...(result.diagnostics ?? [])];
  let kept = state;
  if (!isWhollyKnown(state)) {
    if (!hasErrors(diagnostics))
      for (const path of unknownPaths(schema.type, state))
        diagnostics.push(
          errorDiagnostic(
            "Value still unknown after apply",
            "The provider did not say what this value became; this is a mistake in the provider. The rest has been saved.",
            path,
          ),
        );
    kept = knownParts(state);
  }
  return {
    newState: toDynamicValue(schema.type, kept === null ? null : withoutWriteOnly(schema.object, kept as ValueObject)),
    private: result.private === undefined ? request.plannedPrivate : encodePrivate(result.private),
    newIdentity: toIdentity(identity, result.identity) ?? request.plannedIdentity,
    diagnostics: toDiagnostics(diagnostics, schema.type),
  };
}
