// The real Pulumi with the built provider, and somebody who ends them.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";
import { type CliProject, cliProject } from "../../pulumi/cli-project";
import { root } from "../../pulumi/project-folder";
import { endLeft, type Running, seenThrough } from "./ending";
import type { Ending, Engine, Outcome, Said } from "./engine";
import { issuer, type Program, slugOf } from "./program";
import type { Service } from "./service";

const types = { Gateway: "gateway", ServerGatewayAttachment: "attachment" } as const;

/** Steps of an update that are none of what was planned: they look, or leave everything as it is. */
const lookingOnly: readonly OpType[] = ["same", "refresh", "read", "discard"];

export class Pulumi implements Engine {
  readonly name = "pulumi";
  readonly #project: CliProject;
  readonly #service: Service;
  /** What the program says to take over, by the names of the gateways' resources. */
  #adopted: ReadonlyMap<string, string> = new Map();
  /** What was left running when the engine was killed. */
  #left: readonly Running[] = [];

  private constructor(project: CliProject, service: Service) {
    this.#project = project;
    this.#service = service;
  }

  static async create(service: Service): Promise<Pulumi> {
    // Only with the first of these does the command line tell of events; its makers' Automation API sets it too.
    const env = { PULUMI_DEBUG_COMMANDS: "true", ...service.environment() };
    const project = cliProject(path.join(root, "test/faults/runs/pulumi-project"), env);
    await project.pulumi(["stack", "init", "test"]);
    return new Pulumi(project, service);
  }

  async plan(program: Program): Promise<Outcome> {
    this.#write(program);
    const { status, said, actions } = await this.#run(["preview", "--refresh"]);
    return { said, actions, ended: status === 0 ? "plan" : "plan failed" };
  }

  async apply(program: Program, ending?: Ending): Promise<Outcome> {
    this.#write(program);
    const ran = await this.#run(["up", "--yes", "--skip-preview", "--refresh"], ending);
    const { said, actions } = ran;
    if (ran.isKilled) return { said, actions, ended: "killed" };
    // What was taken over is in the state: the argument has done its work.
    if (ran.status === 0) this.#adopted = new Map();
    return { said, actions, ended: ran.status === 0 ? "applied" : "apply failed" };
  }

  /** Where Pulumi imports, the program adopts: the next apply takes it over. */
  async import(_: Program, address: string, id: string): Promise<void> {
    this.#adopted = new Map(this.#adopted).set(address.slice(address.indexOf(".") + 1), id);
  }

  async gateways(): Promise<ReadonlyMap<string, string>> {
    const gateways = this.#resources().filter(({ urn }) => addressOf(urn).startsWith("gateway."));
    return new Map(gateways.map(({ urn, id = "" }) => [nameOf(urn), id]));
  }

  /** Pulumi updates what it has made in part. */
  async untaintGateways(): Promise<string[]> {
    return [];
  }

  async remove(): Promise<void> {
    await endLeft(this.#left);
    rmSync(this.#project.folder, { recursive: true, force: true });
  }

  #write(program: Program): void {
    const text = JSON.stringify(configuration(program, this.#resources(), this.#adopted));
    writeFileSync(path.join(this.#project.folder, "program.json"), text);
  }

  #resources(): Resource[] {
    const file = path.join(this.#project.folder, "state/.pulumi/stacks/stories/test.json");
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: Checkpoint };
    return (checkpoint.latest?.resources ?? []).filter((resource) => !resource.delete);
  }

  async #run(args: readonly string[], ending?: Ending): Promise<Ran> {
    await endLeft(this.#left);
    const log = path.join(this.#project.folder, "events.json");
    rmSync(log, { force: true });
    const child = this.#project.start([...args, `--event-log=${log}`]);
    const { status, output, isEnded, started } = await seenThrough(child, ending, this.#service, isProvider);
    this.#left = started;
    // A person does what the message says where an update that was killed has left its lock.
    if (/currently locked.*pulumi cancel/s.test(output)) {
      await this.#project.pulumi(["cancel", "--yes"]);
      return this.#run(args, ending);
    }
    const events = eventsIn(log);
    const said = saidIn(events);
    const isSilent = status !== 0 && status !== null && !said.some(({ severity }) => severity === "error");
    // What the command line says before it begins is in no event.
    const rest: Said[] = isSilent ? [{ address: "", severity: "error", text: output }] : [];
    // The provider's process ends at any signal.
    const isKilled = isEnded && (ending?.signal === "SIGKILL" || ending?.whom === "provider");
    return { status, said: [...said, ...rest], actions: actionsIn(events), isKilled };
  }
}

interface Ran {
  readonly status: number | null;
  readonly said: readonly Said[];
  readonly actions: readonly string[];
  readonly isKilled: boolean;
}

interface Resource {
  readonly urn: string;
  readonly id?: string;
  /** Whether it is only there to be deleted. */
  readonly delete?: boolean;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface Checkpoint {
  readonly latest?: { readonly resources?: readonly Resource[] };
}

const isProvider = ({ command }: Running) => command.includes("dynamic-provider");

function eventsIn(log: string): EngineEvent[] {
  const lines = readOrNothing(log).split("\n");
  return lines.flatMap((line) => {
    try {
      return line === "" ? [] : [JSON.parse(line) as EngineEvent];
    } catch {
      // The last line of a program that was killed.
      return [];
    }
  });
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function saidIn(events: readonly EngineEvent[]): Said[] {
  return events.flatMap(({ diagnosticEvent }) => {
    if (!diagnosticEvent) return [];
    const { severity, message, urn = "" } = diagnosticEvent;
    return severity === "error" || severity === "warning" ? [{ severity, address: addressOf(urn), text: message }] : [];
  });
}

function actionsIn(events: readonly EngineEvent[]): string[] {
  return events.flatMap(({ resourcePreEvent }) => {
    if (!resourcePreEvent) return [];
    const { op, urn } = resourcePreEvent.metadata;
    const address = addressOf(urn);
    return address === "" || lookingOnly.includes(op) ? [] : [`${op} ${address}`];
  });
}

const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/** Such as `gateway.a`; empty where it is none of the program's. */
function addressOf(urn: string): string {
  const [, type = ""] = /mcpstack:(\w+)::[^:]*$/.exec(urn) ?? [];
  const kind = types[type as keyof typeof types];
  return kind === undefined ? "" : `${kind}.${nameOf(urn)}`;
}

/** A program as its project reads it. */
function configuration(
  { gateways, attachments }: Program,
  resources: readonly Resource[],
  adopted: ReadonlyMap<string, string>,
): object {
  const fixed = { providerType: "manual", authorizationServerUrl: issuer, metadataCheck: "off" };
  const own = [...gateways].map(([name, block]) => [name, { ...fixed, ...block, adopt: adopted.get(name) }]);
  const ids = new Map(resources.map(({ urn, id }) => [addressOf(urn), id]));
  const attached = [...attachments].map(([name, { server, gateway, publicId }]) => {
    const former = resources.find(
      ({ urn, outputs }) =>
        addressOf(urn).startsWith("attachment.") &&
        !attachments.has(nameOf(urn)) &&
        slugOf(String(outputs?.serverId)) === slugOf(server),
    );
    const isNew = !ids.has(`attachment.${name}`);
    const { gatewayId, publicId: route } = former?.outputs ?? {};
    const isMoved = gatewayId !== ids.get(`gateway.${gateway}`) || (publicId !== undefined && publicId !== route);
    // A mere rename needs nothing. One that is also an edit needs an alias, as the refusal `already_attached` says.
    const aliases = former && isNew && isMoved ? [{ name: nameOf(former.urn) }] : undefined;
    return [name, { serverId: server, gateway, publicId, aliases }];
  });
  return { gateways: Object.fromEntries(own), attachments: Object.fromEntries(attached) };
}
