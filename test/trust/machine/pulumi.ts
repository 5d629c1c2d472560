// Pulumi, as far as it matters to one gateway: the provider's own operations, called in the order and with the values of the engine.
import type { AcceptedMetadata } from "@mcpstack/model";
import { gateway as provider } from "../../../packages/pulumi/src/provider";
import { memoryFrom, memoryKey, stateFrom } from "../../../packages/pulumi/src/provider/gateway/properties";
import {
  hasUnknown,
  isUnknown,
  type Properties,
  secretKey,
  unknownValue,
} from "../../../packages/pulumi/src/provider/values";
import {
  type Applied,
  type Configured,
  type Driver,
  type Kept,
  type Planned,
  type PlanOptions,
  type ProviderConfiguration,
  runOf,
  type Said,
  saidIn,
} from "./driver";
import * as rim from "./engine-rim";
import { metadataNames } from "./invariants";
import type { Publishers } from "./publishers";
import type { Service } from "./service";

interface Resource {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

interface Checked extends Planned {
  readonly inputs: Properties;
}

export class Pulumi implements Driver {
  readonly name = "Pulumi";
  #resource: Resource | undefined;
  /** What the last preview started from. */
  #refreshed: Resource | undefined;

  constructor(
    readonly service: Service,
    readonly publishers: Publishers,
  ) {}

  get kept(): Kept | undefined {
    return this.#resource && keptOf(this.#resource);
  }

  /** `pulumi preview`, or with a refresh `pulumi preview --refresh`. */
  async plan(configured: Configured, { refresh }: PlanOptions): Promise<Planned> {
    this.#refreshed = refresh ? await this.#read(this.#resource, configured) : this.#resource;
    return this.#check(configured, this.#refreshed);
  }

  /** `pulumi up` after that preview: it checks again, and an update takes what was checked. */
  async apply(configured: Configured): Promise<Applied> {
    const resource = this.#refreshed;
    this.#resource = resource;
    const again = await this.#check(configured, resource);
    if (again.refused) return { again, failure: again.said.map(({ code }) => code).join(", ") };
    if (!again.changes) {
      if (resource) this.#resource = { ...resource, inputs: again.inputs };
      return { again };
    }
    rim.begin(runOf(this.service, this.publishers, providerOf(configured)));
    try {
      if (resource) {
        const { outs } = await provider.update(resource.id, resource.outputs, again.inputs);
        this.#resource = asStored({ id: resource.id, inputs: again.inputs, outputs: outs });
      } else {
        const { id, outs } = await provider.create(again.inputs);
        this.#resource = asStored({ id, inputs: again.inputs, outputs: outs });
      }
      return { again };
    } catch (error) {
      if ((error as { code?: unknown }).code === "findings_refuse") return { again, failure: "findings_refuse" };
      throw error;
    }
  }

  async refresh(configuration: ProviderConfiguration): Promise<readonly Said[]> {
    this.#resource = await this.#read(this.#resource, { provider: configuration });
    return [];
  }

  /** Pulumi's import: the resource is forgotten, and a create takes over what is there. */
  async import(configured: Configured): Promise<"programmed" | undefined> {
    const { id } = this.#resource ?? {};
    if (id === undefined) return undefined;
    const again = await this.#check(configured, undefined, { adopt: id });
    if (again.refused) return undefined;
    rim.begin(runOf(this.service, this.publishers, providerOf(configured)));
    const made = await provider.create(again.inputs);
    this.#resource = asStored({ id: made.id, inputs: again.inputs, outputs: made.outs });
    return "programmed";
  }

  async destroy(configuration: ProviderConfiguration): Promise<readonly Said[]> {
    const resource = this.#resource;
    if (!resource) return [];
    const heard = rim.begin(runOf(this.service, this.publishers, configuration));
    await provider.delete(resource.id, resource.outputs);
    this.#resource = undefined;
    return heard.map((text) => saidIn(text, "warn"));
  }

  forget(): void {
    if (!this.#resource) return;
    const without = (properties: Properties) =>
      Object.fromEntries(Object.entries(properties).filter(([name]) => name !== memoryKey));
    const { id, inputs, outputs } = this.#resource;
    this.#resource = { id, inputs: without(inputs), outputs: without(outputs) };
  }

  async #read(
    resource: Resource | undefined,
    { provider: configuration }: Pick<Configured, "provider">,
  ): Promise<Resource | undefined> {
    if (!resource || !configuration) return resource;
    rim.begin(runOf(this.service, this.publishers, configuration));
    const { id, props, inputs } = await provider.read(resource.id, resource.outputs);
    if (id === "") throw new Error("it is gone");
    return asStored({ id, outputs: props, inputs: inputs ?? resource.inputs });
  }

  async #check(configured: Configured, resource: Resource | undefined, own: Properties = {}): Promise<Checked> {
    const heard = rim.begin(runOf(this.service, this.publishers, providerOf(configured)));
    const news = { ...newsOf(configured), ...own };
    const { inputs, failures = [] } = await provider.check(resource?.inputs ?? {}, news);
    const checked = asWire(inputs);
    const said = [
      ...failures.map(({ reason }) => saidIn(reason, "error")),
      ...heard.map((text) => saidIn(text, "warn")),
    ];
    const refused = failures.length > 0;
    const differs = !refused && resource && (await provider.diff(resource.id, resource.outputs, checked)).changes;
    return {
      prior: resource && keptOf(resource),
      inputs: checked,
      changes: refused ? false : resource ? differs === true : true,
      metadata: plannedOf(checked),
      said,
      refused,
    };
  }
}

/** The arguments as the program gives them. */
function newsOf({ profile, unknown }: Configured): Properties {
  const open = Object.fromEntries(unknown.map((name) => [name, unknownValue]));
  return asWire({ ...profile, ...open });
}

function providerOf({ provider: configuration }: Pick<Configured, "provider">): ProviderConfiguration {
  if (!configuration) throw new Error("the configuration of a stack is always known");
  return configuration;
}

function plannedOf({ metadata }: Properties): Planned["metadata"] {
  if (isUnknown(metadata)) return { value: undefined, unknown: metadataNames };
  if (typeof metadata !== "object" || metadata === null) return { value: undefined, unknown: [] };
  const fields = Object.entries(metadata);
  return {
    value: Object.fromEntries(fields.filter(([, value]) => !hasUnknown(value))) as AcceptedMetadata,
    unknown: metadataNames.filter((name) => hasUnknown((metadata as AcceptedMetadata)[name])),
  };
}

function keptOf({ id, outputs }: Resource): Kept {
  return { state: stateFrom(outputs, id), memory: memoryFrom(outputs) };
}

function asStored({ id, inputs, outputs }: Resource): Resource {
  return { id, inputs: asWire(inputs), outputs: asWire(outputs) };
}

/** As it comes over the wire: JSON, without what is undefined, and what is secret in plain text. */
function asWire(properties: Properties): Properties {
  return JSON.parse(JSON.stringify(properties), (_, value: unknown) =>
    typeof value === "object" && value !== null && secretKey in value
      ? (value as unknown as { readonly value: unknown }).value
      : value,
  ) as Properties;
}
