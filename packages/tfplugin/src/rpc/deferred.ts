import type { Context } from "../provider/definition";
import type { ProviderState } from "../provider/state";
import { Deferred_Reason } from "../wire/gen/tfplugin6_pb";

/** The answer to put off, where the client takes it and the provider's configuration is not known yet. */
export function deferral(provider: ProviderState, ctx: Context) {
  return provider.waiting && ctx.deferralAllowed ? { reason: Deferred_Reason.PROVIDER_CONFIG_UNKNOWN } : undefined;
}
