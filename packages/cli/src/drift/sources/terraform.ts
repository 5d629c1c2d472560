import { metadataCheck, severityByCode } from "@mcpstack/model";
import { CommandError } from "../../command/exit";
import type { Inventory } from "../inventory";
import { isRecord, type JsonRecord, listOf, parseObject, textOf } from "./read-json";
import { type EngineChoices, type EngineResource, resourcesInventory } from "./resources";

const kinds: Readonly<Record<string, EngineResource["kind"]>> = {
  mcpstack_gateway: "gateway",
  mcpstack_server_gateway_attachment: "attachment",
};

const stateWords = "a Terraform or OpenTofu state file, or the output of `terraform show -json`";
const planWords = "the output of `terraform show -json PLANFILE`";

/** Reads a state: a state file of version 4, or what `terraform show -json` writes of one. @throws CommandError `input` */
export function terraformState(text: string, name: string): Inventory {
  const document = parseObject(text, name, stateWords);
  const source = { kind: "terraform-state", name } as const;
  if (document.version === 4) return resourcesInventory(source, fromStateFile(document));
  requireFormat(document, name, stateWords);
  if (document.planned_values !== undefined)
    throw new CommandError("input", `${name} is a plan, not a state: use --plan instead of --state.`);
  const values = isRecord(document.values) ? document.values : {};
  return resourcesInventory(source, fromModule(values.root_module));
}

/** Reads a plan: what is planned, with what the state had accepted before. @throws CommandError `input` */
export function terraformPlan(text: string, name: string): Inventory {
  const document = parseObject(text, name, planWords);
  requireFormat(document, name, planWords);
  if (!isRecord(document.planned_values))
    throw new CommandError("input", `${name} holds no planned values. Expected ${planWords}; for a state use --state.`);
  const priorState = isRecord(document.prior_state) ? document.prior_state : {};
  const priorValues = isRecord(priorState.values) ? priorState.values : {};
  const prior = new Map(fromModule(priorValues.root_module).map((resource) => [resource.address, resource.values]));
  const planned = fromModule(document.planned_values.root_module).map((resource) => ({
    ...resource,
    prior: prior.get(resource.address),
  }));
  return resourcesInventory({ kind: "terraform-plan", name }, planned, providerChoices(document));
}

/** Terraform raises the first number of the version where what was there has changed its meaning. */
function requireFormat(document: JsonRecord, name: string, expected: string): void {
  const version = textOf(document.format_version);
  if (version === undefined) throw new CommandError("input", `${name} has no format_version. Expected ${expected}.`);
  if (!/^(0|1)\./.test(version)) {
    throw new CommandError(
      "input",
      `${name} has the format version ${JSON.stringify(version)}; this version of the command reads 1.x.`,
    );
  }
}

function fromModule(module: unknown): EngineResource[] {
  if (!isRecord(module)) return [];
  const own = listOf(module.resources).flatMap((resource): EngineResource[] => {
    if (!isRecord(resource) || resource.mode === "data" || !isRecord(resource.values)) return [];
    const kind = kinds[textOf(resource.type) ?? ""];
    const address = textOf(resource.address);
    return kind === undefined || address === undefined ? [] : [{ kind, address, values: resource.values }];
  });
  return [...own, ...listOf(module.child_modules).flatMap(fromModule)];
}

function fromStateFile(document: JsonRecord): EngineResource[] {
  return listOf(document.resources).flatMap((resource): EngineResource[] => {
    if (!isRecord(resource) || resource.mode === "data") return [];
    const type = textOf(resource.type) ?? "";
    const kind = kinds[type];
    if (kind === undefined) return [];
    const module = textOf(resource.module);
    const base = `${module === undefined ? "" : `${module}.`}${type}.${textOf(resource.name) ?? ""}`;
    return listOf(resource.instances).flatMap((instance): EngineResource[] => {
      // A deposed object is on its way out.
      if (!isRecord(instance) || !isRecord(instance.attributes) || instance.deposed !== undefined) return [];
      const key = instance.index_key;
      const address = key === undefined ? base : `${base}[${JSON.stringify(key)}]`;
      return [{ kind, address, values: instance.attributes }];
    });
  });
}

/** What the plan's provider configuration says in plain values about findings. */
function providerChoices(document: JsonRecord): EngineChoices {
  const configuration = isRecord(document.configuration) ? document.configuration : {};
  const providers = isRecord(configuration.provider_config) ? Object.values(configuration.provider_config) : [];
  const ours = providers.filter((provider) => isRecord(provider) && provider.name === "mcpstack");
  // With several configurations, which one counts for a gateway is not worked out here.
  const [only, ...more] = ours;
  if (!isRecord(only) || more.length > 0 || !isRecord(only.expressions)) return {};
  const { expressions } = only;
  const constant = (name: string) => {
    const expression = expressions[name];
    return isRecord(expression) ? expression.constant_value : undefined;
  };
  const check = metadataCheck.safeParse(constant("metadata_check"));
  const findings = severityByCode.safeParse(constant("findings"));
  const origins = listOf(constant("trusted_origins")).filter((origin) => typeof origin === "string");
  return {
    policy: {
      ...(check.success ? { metadataCheck: check.data } : {}),
      ...(findings.success ? { findings: findings.data } : {}),
    },
    ...(origins.length > 0 ? { trustedOrigins: origins } : {}),
  };
}
