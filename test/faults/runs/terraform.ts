// The real Terraform and OpenTofu with the built provider, and somebody who ends them.
import { spawn } from "node:child_process";
import type { Engine as Name, Workspace } from "../../e2e/workspace";
import { openTofuProgram, terraformProgram } from "../../engines/located";
import { seenThrough } from "./ending";
import type { Ending, Engine, Outcome, Said } from "./engine";
import { issuer, type Program } from "./program";
import type { Service } from "./service";

const types = { gateway: "mcpstack_gateway", attachment: "mcpstack_server_gateway_attachment" } as const;

export class TerraformLike implements Engine {
  readonly name: Name;
  readonly #service: Service;
  readonly #workspace: Workspace;

  constructor(workspace: Workspace, service: Service) {
    this.name = workspace.engine;
    this.#service = service;
    this.#workspace = workspace;
  }

  async plan(program: Program): Promise<Outcome> {
    await this.#workspace.write(configuration(program));
    const { status, messages } = await this.#run(["plan", "-input=false", "-json"]);
    return { said: saidIn(messages), actions: actionsIn(messages), ended: status === 0 ? "plan" : "plan failed" };
  }

  async apply(program: Program, ending?: Ending): Promise<Outcome> {
    await this.#workspace.write(configuration(program));
    const { status, messages, isKilled } = await this.#run(["apply", "-auto-approve", "-input=false", "-json"], ending);
    const isPlanned = messages.some(({ changes }) => changes?.operation === "plan");
    const ended = isKilled ? "killed" : status === 0 ? "applied" : isPlanned ? "apply failed" : "plan failed";
    return { said: saidIn(messages), actions: actionsIn(messages), ended };
  }

  async import(program: Program, address: string, id: string): Promise<void> {
    await this.#workspace.write(configuration(program));
    const name = address.slice(address.indexOf(".") + 1);
    const { status, text } = await this.#workspace.run("import", "-input=false", `${types.gateway}.${name}`, id);
    if (status !== 0) throw new Error(`the import of ${id} failed: ${text}`);
  }

  async gateways(): Promise<ReadonlyMap<string, string>> {
    const gateways = (await this.#resources()).filter(({ type }) => type === types.gateway);
    const known = gateways.flatMap(({ name, instances: [instance] }) => (instance ? [{ name, instance }] : []));
    return new Map(known.map(({ name, instance }) => [name, String(instance.attributes.id)]));
  }

  async untaintGateways(): Promise<string[]> {
    const tainted = (await this.#resources()).filter(
      ({ type, instances: [instance] }) => type === types.gateway && instance?.status === "tainted",
    );
    for (const { type, name } of tainted) await this.#workspace.run("untaint", `${type}.${name}`);
    return tainted.map(({ name }) => `gateway.${name}`);
  }

  remove(): Promise<void> {
    return this.#workspace.remove();
  }

  async #resources(): Promise<Resource[]> {
    const text = await this.#workspace.read("terraform.tfstate").catch(() => "");
    // The engine makes the file when it begins, and is killed before it writes into it.
    return text === "" ? [] : (JSON.parse(text) as { resources: Resource[] }).resources;
  }

  async #run(args: readonly string[], ending?: Ending): Promise<Ran> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(TF_|MCPSTACK_|AGENETIX_|EMCY_)/.test(name));
    const program = this.name === "opentofu" ? openTofuProgram() : terraformProgram();
    const child = spawn(program, [...args], {
      cwd: this.#workspace.folder,
      env: { ...Object.fromEntries(inherited), ...this.#workspace.env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches the provider's processes too.
      detached: true,
    });
    const { status, output, isEnded } = await seenThrough(child, ending, this.#service);
    return { status, messages: messagesIn(output), isKilled: isEnded && ending?.signal === "SIGKILL" };
  }
}

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly status?: string; readonly attributes: Readonly<Record<string, unknown>> }[];
}

interface Ran {
  readonly status: number | null;
  readonly messages: readonly Message[];
  readonly isKilled: boolean;
}

interface Message {
  readonly type?: string;
  readonly diagnostic?: { severity: "error" | "warning"; summary: string; detail?: string; address?: string };
  readonly change?: { resource: { addr: string }; action: string };
  readonly changes?: { operation: string };
}

function messagesIn(text: string): Message[] {
  return text.split("\n").flatMap((line) => {
    try {
      return line.startsWith("{") ? [JSON.parse(line) as Message] : [];
    } catch {
      // The last line of a program that was killed.
      return [];
    }
  });
}

function saidIn(messages: readonly Message[]): Said[] {
  return messages.flatMap(({ diagnostic }) => {
    if (!diagnostic) return [];
    const { severity, summary, detail, address = "" } = diagnostic;
    return [{ severity, address: shortened(address), text: `${summary}. ${detail ?? ""}` }];
  });
}

function actionsIn(messages: readonly Message[]): string[] {
  return messages.flatMap(({ type, change }) =>
    type === "planned_change" && change ? [`${change.action} ${shortened(change.resource.addr)}`] : [],
  );
}

function shortened(address: string): string {
  return address.replace(`${types.gateway}.`, "gateway.").replace(`${types.attachment}.`, "attachment.");
}

/** A program as Terraform spells it. */
export function configuration({ gateways, attachments }: Program): string {
  const lines = (values: Readonly<Record<string, string | readonly string[] | undefined>>) =>
    Object.entries(values)
      .flatMap(([name, value]) => (value === undefined ? [] : [`  ${name} = ${JSON.stringify(value)}\n`]))
      .join("");
  const gatewayBlocks = [...gateways].map(([address, { name, clientId, resource, description, scopes, settings }]) => {
    const fixed = { provider_type: "manual", authorization_server_url: issuer, metadata_check: "off" };
    const given = settings === undefined ? "" : `  settings = jsonencode(${JSON.stringify(settings)})\n`;
    const own = lines({ ...fixed, name, client_id: clientId, resource, description, scopes });
    return `resource "${types.gateway}" "${address}" {\n${own}${given}}\n`;
  });
  const attachmentBlocks = [...attachments].map(([address, { server, gateway, publicId }]) => {
    const own = `${lines({ server_id: server, public_id: publicId })}  gateway_id = ${types.gateway}.${gateway}.id\n`;
    return `resource "${types.attachment}" "${address}" {\n${own}}\n`;
  });
  return [...gatewayBlocks, ...attachmentBlocks].join("");
}
