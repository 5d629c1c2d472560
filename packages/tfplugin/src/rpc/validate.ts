import { type DiagnosticMessage, toDiagnostics } from "../convert/diagnostics";
import { configFrom } from "../convert/dynamic-value";
import type { ValueObject } from "../cty/value";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Context } from "../provider/definition";
import type { Schema } from "../schema/schema";
import { validateConfig } from "../schema/validate";
import type { DynamicValue } from "../wire/gen/tfplugin6_pb";

interface Validated {
  readonly schema: Schema;
  validate?(config: ValueObject, ctx: Context): readonly Diagnostic[] | Promise<readonly Diagnostic[]>;
}

/** The validators of the schema, then the author's own check of the whole. */
export async function validateAgainst(
  of: Validated,
  message: DynamicValue | undefined,
  ctx: Context,
  writeOnlyAllowed: boolean,
): Promise<{ diagnostics: DiagnosticMessage[] }> {
  const config = configFrom(of.schema.type, message);
  const found = [
    ...validateConfig(of.schema.object, config, { writeOnlyAllowed }),
    ...((await of.validate?.(config, ctx)) ?? []),
  ];
  return { diagnostics: toDiagnostics(found, of.schema.type) };
}
