import type { Readable } from "node:stream";
import type { Format, InputDocument, Kept } from "./document";
import { ReviewInputError } from "./input-error";
import { JsonReader, type Path, type Shape, type Take } from "./json/reader";

/**
 * The type names of all three front ends hold the first word, so what does not mention it concerns no gateway; but for what serves one in
 * Pulumi, which may say nothing of MCP Stack.
 */
const subjects = ["mcpstack", "pulumi:providers:pulumi-nodejs"];

/**
 * Reads a plan, preview or synthesised stack and keeps what concerns MCP Stack.
 *
 * @throws ReviewInputError where the input is not JSON, ends early, or is none of the known formats.
 */
export async function readDocument(input: Readable, name: string): Promise<InputDocument> {
  const kept: Kept[] = [];
  const keys = new Map<string, Shape>();
  let documents = 0;
  let counted = 0;
  const reader = new JsonReader(
    {
      decide(path, shape) {
        if (typeof path[0] === "number") documents = Math.max(documents, path[0] + 1);
        if (path.length === 2 && typeof path[1] === "string" && keys.size < 1000) keys.set(path[1], shape);
        const named = inBlocks(path);
        if (isCounted(named)) counted += 1;
        return takeOf(named);
      },
      take(path, value, line) {
        kept.push({ path: inBlocks(path), value, line });
      },
    },
    subjects,
  );
  try {
    for await (const chunk of input) {
      reader.write(typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Buffer));
    }
    reader.end();
  } catch (error) {
    if (error instanceof ReviewInputError) throw new ReviewInputError(error.code, `${name} ${error.message}`);
    throw new ReviewInputError("input-unreadable", `${name} cannot be read: ${reasonOf(error)}`);
  }
  const format = formatOf(new Set(keys.keys()), documents, name);
  requireShapes(format, keys, name);
  return { format, kept, seen: new Set(keys.keys()), counted, name };
}

/** What the outermost values of a format are, where they are there. Anything else would be read as "nothing changes". */
const shapes: Readonly<Record<Format, Readonly<Record<string, Shape>>>> = {
  terraform: {
    resource_changes: "list",
    resource_drift: "list",
    deferred_changes: "list",
    configuration: "object",
    prior_state: "object",
    variables: "object",
  },
  "pulumi-digest": { steps: "list", config: "object", diagnostics: "list" },
  "pulumi-events": {},
  "pulumi-plan": { resourcePlans: "object" },
  cdktf: {},
};

function requireShapes(format: Format, keys: ReadonlyMap<string, Shape>, name: string): void {
  for (const [key, shape] of Object.entries(shapes[format])) {
    const found = keys.get(key);
    if (found === undefined || found === shape) continue;
    throw new ReviewInputError(
      "input-unknown-format",
      `${name} has ${found === "scalar" ? "a single value" : `a${found === "object" ? "n object" : " list"}`} as ${key}, where ${shape === "list" ? "a list" : "an object"} belongs`,
    );
  }
}

const blocksOfStacks: ReadonlySet<string | number | undefined> = new Set(["resource", "data", "ephemeral", "provider"]);

/** Terraform's JSON syntax takes a list of blocks wherever it takes a block; a path names what they hold, whichever way it is written. */
function inBlocks(path: Path): Path {
  if (!blocksOfStacks.has(path[1])) return [...path];
  return path.filter((step, index) => index === 0 || typeof step === "string");
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "reading failed";
}

/** Which parts of any known format are looked into. The formats' outermost keys do not overlap, so one table serves all. */
function takeOf(path: Path): Take {
  const [, top, second, third] = path;
  switch (path.length) {
    case 1:
      return "enter";
    case 2:
      return takeOfTop(top);
    default:
      break;
  }
  switch (top) {
    case "resource_changes":
    case "resource_drift":
    case "deferred_changes":
    case "steps":
      return "sift";
    case "resourcePlans":
      return "sift";
    case "diagnostics":
    case "variables":
      return "keep";
    case "prior_state":
      return takeOfState(path);
    case "configuration":
      // Any of them may serve what is ours, whatever it mentions.
      if (second === "provider_config") return path.length === 3 ? "enter" : "keep";
      return second === "root_module" ? takeOfModule(path) : "check";
    case "provider":
    case "data":
    case "ephemeral":
      return path.length === 3 && top !== "provider" ? "enter" : "keep";
    case "resource":
      // A list of blocks has the same path as what is in it, and is entered for it.
      if (path.length === 3) return "enter";
      return third !== undefined ? "keep" : "check";
    default:
      return "check";
  }
}

function takeOfTop(key: string | number | undefined): Take {
  switch (key) {
    case "format_version":
    case "terraform_version":
    case "errored":
    case "complete":
    case "config":
    case "changeSummary":
    case "maybeCorrupt":
    case "//":
    case "terraform":
    case "moved":
    case "import":
    case "removed":
    case "locals":
    case "variable":
    case "module":
    case "summaryEvent":
    case "preludeEvent":
    case "cancelEvent":
    case "errorEvent":
    case "diagnosticEvent":
    case "@level":
      return "keep";
    case "resourcePreEvent":
    case "resOutputsEvent":
      return "sift";
    case "resource_changes":
    case "resource_drift":
    case "deferred_changes":
    case "steps":
    case "resourcePlans":
    case "diagnostics":
    case "variables":
    case "prior_state":
    case "configuration":
    case "provider":
    case "data":
    case "ephemeral":
    case "resource":
      return "enter";
    default:
      return "check";
  }
}

/** `prior_state.values.root_module`, and its `child_modules` to any depth. */
function takeOfState(path: Path): Take {
  const step = path[path.length - 1];
  const container = path[path.length - 2];
  if (path.length <= 4) return step === "values" || step === "root_module" ? "enter" : "check";
  if (container === "resources") return "sift";
  return step === "resources" || step === "child_modules" || container === "child_modules" ? "enter" : "check";
}

/** `configuration.root_module`: resources, what modules are called with, and outputs, to any depth. */
function takeOfModule(path: Path): Take {
  const step = path[path.length - 1];
  // Steps below a module alternate between names of sections and names of their members.
  const section = sectionOf(path);
  switch (section) {
    case "module":
      return step === "resources" || step === "module_calls" || step === "outputs" || step === "variables"
        ? "enter"
        : "check";
    case "resources":
      return "sift";
    case "outputs":
    case "variables":
      return "keep";
    case "module_calls":
      return "enter";
    case "call":
      return step === "module" ? "enter" : step === "expressions" || step === "source" ? "keep" : "check";
    default:
      return "enter";
  }
}

function sectionOf(path: Path): "root" | "module" | "resources" | "outputs" | "variables" | "module_calls" | "call" {
  let section: ReturnType<typeof sectionOf> = "root";
  for (const step of path.slice(2, -1)) {
    if (section === "root" || (section === "call" && step === "module")) section = "module";
    else if (section === "module") section = step as ReturnType<typeof sectionOf>;
    else if (section === "module_calls") section = "call";
  }
  return section;
}

function isCounted(path: Path): boolean {
  const top = path[1];
  if (path.length === 3) return top === "resource_changes" || top === "steps";
  if (path.length === 4) return top === "resource";
  return path.length === 2 && top === "resourcePreEvent";
}

function formatOf(keys: ReadonlySet<string>, documents: number, name: string): Format {
  const has = (...names: string[]) => names.some((key) => keys.has(key));
  if (documents === 1 && has("format_version")) return "terraform";
  if (has("sequence") && has("timestamp")) return "pulumi-events";
  if (documents === 1 && has("steps", "changeSummary")) return "pulumi-digest";
  if (documents === 1 && has("resourcePlans")) return "pulumi-plan";
  if (documents === 1 && has("//") && has("terraform", "resource", "provider")) return "cdktf";
  if (has("@level")) {
    throw new ReviewInputError(
      "input-unknown-format",
      `${name} is the log that \`terraform plan -json\` prints: write the plan with -out and give the output of \`terraform show -json PLANFILE\``,
    );
  }
  throw new ReviewInputError(
    "input-unknown-format",
    `${name} is JSON, but neither the output of \`terraform show -json PLANFILE\` or \`tofu show -json PLANFILE\`, nor of \`pulumi preview --json\`, nor a cdk.tf.json`,
  );
}
