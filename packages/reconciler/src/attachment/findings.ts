import { applyPolicy, callbackUrl, effectivePolicy, type Finding } from "@mcpstack/model";
import { judgeAttached } from "@mcpstack/oauth-metadata";
import type { Run } from "../run";
import type { AttachmentPlan, AttachmentPlanInput } from "./plan";

/**
 * What is worth saying about a planned attachment, once in a run: the callback URL that the API names and the derived one differ, so that
 * whoever registered the derived one has registered another. The provider's policy counts; an attachment has none of its own.
 */
export function attachmentFindings(run: Run, { prior, desired }: AttachmentPlanInput, plan: AttachmentPlan): Finding[] {
  if (run.unknown.some((name) => name !== "trustedOrigins")) return [];
  // With another route coming, nothing can be said of its address yet.
  if (prior?.publicId === undefined || !desired || plan.unknown.length > 0) return [];
  const derivedCallbackUrl = callbackUrl(run.api.apiUrl, prior.publicId);
  const found = judgeAttached({
    servers: [{ id: prior.serverId, callbackUrl: prior.callbackUrl, derivedCallbackUrl }],
  });
  const path = [desired.publicId === undefined ? "serverId" : "publicId"];
  return run.unsaid(
    applyPolicy(found, effectivePolicy({}, run.policy)).map((finding) => ({ ...finding, path })),
    prior.serverId,
  );
}
