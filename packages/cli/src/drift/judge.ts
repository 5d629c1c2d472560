import { applyPolicy, bySeverity, type Finding, type FindingPolicy } from "@mcpstack/model";
import { type AgentFacts, judge, judgeAttached, judgePublicLeg } from "@mcpstack/oauth-metadata";
import type { Collected, CollectedGateway } from "./collect";
import type { Subject } from "./inventory";
import { policyFor } from "./policy";
import { type Report, type ReportItem, withItems } from "./report";

export interface JudgeChoices {
  readonly policy: FindingPolicy;
  readonly trustedOrigins: readonly string[];
}

interface About {
  readonly subject: Subject;
  readonly findings: readonly Finding[];
}

/** Judges what was collected. Pure. A finding that several gateways have in common is said once, with all of them. */
export function judgeCollected(collected: Collected, choices: JudgeChoices): Report {
  const { gateways, routes, agents, source, unchecked, notes } = collected;
  const all = [
    ...gateways.map((gateway) => aboutGateway(gateway, collected, choices)),
    ...routes.map((route): About => {
      const gateway = gateways.find(({ subject }) => subject.address === route.gateway);
      return {
        subject: route.subject,
        findings: applyPolicy(judgePublicLeg(route.leg), policyFor(gateway, choices.policy)),
      };
    }),
    ...idleAgents(collected).map((agent) => aboutAgent(agent, collected, choices)),
  ];
  return withItems(
    {
      source,
      checked: { gateways: gateways.length, routes: routes.length, agents: agents.length },
      subjects: all.map(({ subject }) => subject),
      unchecked,
      notes,
    },
    saidOnce(all),
  );
}

function aboutGateway(gateway: CollectedGateway, { agents, uses }: Collected, choices: JudgeChoices): About {
  const { subject, profile, unknown, discovered, accepted, choice, servers } = gateway;
  const ids = new Set(servers.map(({ id }) => id));
  const callbackUrls = servers.flatMap(
    ({ callbackUrl, derivedCallbackUrl }) => callbackUrl ?? derivedCallbackUrl ?? [],
  );
  const findings = judge({
    profile,
    unknown,
    discovered,
    accepted,
    choice,
    trustedOrigins: [...choices.trustedOrigins, ...(gateway.trustedOrigins ?? [])],
    ...(callbackUrls.length > 0 ? { callbackUrls } : {}),
    attached: {
      servers,
      uses,
      agents: agents.filter(
        ({ id, serverIds }) =>
          serverIds?.some((server) => ids.has(server)) ||
          uses.some(({ agentId, serverId }) => agentId === id && serverId !== undefined && ids.has(serverId)),
      ),
    },
  });
  return { subject, findings: applyPolicy(findings, policyFor(gateway, choices.policy)) };
}

/** Agents that no gateway's servers have to do with: what is wrong with them is said once, and not for each gateway. */
function idleAgents({ agents, gateways, uses }: Collected): AgentFacts[] {
  const attached = new Set(gateways.flatMap(({ servers }) => servers.map(({ id }) => id)));
  return agents.filter(
    ({ id, serverIds }) =>
      !serverIds?.some((server) => attached.has(server)) &&
      !uses.some(({ agentId, serverId }) => agentId === id && serverId !== undefined && attached.has(serverId)),
  );
}

function aboutAgent(agent: AgentFacts, { gateways, uses }: Collected, choices: JudgeChoices): About {
  const servers = gateways.flatMap((gateway) => gateway.servers.map(({ id, name }) => ({ id, name })));
  return {
    subject: { kind: "agent", address: agent.id, name: agent.name },
    findings: applyPolicy(judgeAttached({ servers, uses, agents: [agent] }), choices.policy),
  };
}

function saidOnce(all: readonly About[]): ReportItem[] {
  const items = new Map<string, { finding: Finding; subjects: Subject[]; events: [] }>();
  for (const { subject, findings } of all) {
    for (const finding of findings) {
      const key = JSON.stringify(Object.entries(finding).sort(([a], [b]) => (a < b ? -1 : 1)));
      const item = items.get(key);
      if (item) item.subjects.push(subject);
      else items.set(key, { finding, subjects: [subject], events: [] });
    }
  }
  return [...items.values()].sort((a, b) => bySeverity(a.finding, b.finding));
}
