import { errorDiagnostic } from "../diagnostics/diagnostic";
import { DiagnosticsError } from "../diagnostics/errors";
import type {
  DataSourceDefinition,
  EphemeralResourceDefinition,
  FunctionDefinition,
  ListResourceDefinition,
  ResourceDefinition,
} from "../provider/definition";
import type { ProviderState } from "../provider/state";

function find<T>(known: Readonly<Record<string, T>> | undefined, name: string, what: string): T {
  const found = known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined) throw unsupported(what, name);
  return found;
}

/** What a provider says of a type that it does not have. */
export function unsupported(what: string, name: string): DiagnosticsError {
  return new DiagnosticsError([
    errorDiagnostic(
      `Unknown ${what}`,
      `This provider has no ${what} named ${JSON.stringify(name)}. The version of the provider may differ from the one that the configuration was written for.`,
    ),
  ]);
}

export function resourceOf(provider: ProviderState, name: string): ResourceDefinition<unknown> {
  return find(provider.definition.resources, name, "resource type");
}

export function dataSourceOf(provider: ProviderState, name: string): DataSourceDefinition<unknown> {
  return find(provider.definition.dataSources, name, "data source");
}

export function ephemeralOf(provider: ProviderState, name: string): EphemeralResourceDefinition<unknown> {
  return find(provider.definition.ephemeralResources, name, "ephemeral resource type");
}

export function listOf(provider: ProviderState, name: string): ListResourceDefinition<unknown> {
  return find(provider.definition.listResources, name, "list resource type");
}

export function functionOf(provider: ProviderState, name: string): FunctionDefinition {
  return find(provider.definition.functions, name, "function");
}

/** The client, for a call that cannot do without. Throws while the provider's configuration is not known. */
export function clientFor(provider: ProviderState, doing: string): unknown {
  if (provider.client !== undefined) return provider.client;
  throw new DiagnosticsError([
    errorDiagnostic(
      `Could not ${doing}`,
      provider.waiting
        ? "The provider's configuration depends on values that are known only after an apply. Apply the resources that these values come from first, with -target, or give the values as variables."
        : "The provider has not been configured.",
    ),
  ]);
}
