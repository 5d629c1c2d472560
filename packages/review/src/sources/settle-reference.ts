import { anyInstance, type References, type ResourceChange } from "../changes/change";
import { closing, isOpening } from "../hcl/brackets";
import { closedUp, type Token } from "../hcl/lex";
import { parseAddress } from "../inputs/terraform/address";
import type { Expression } from "./expression";
import type { WrittenModule } from "./provider-arguments";

/** Whether the gateway of an attachment is not known yet, and its plan leaves open what is written around the reference to it. */
export function isToBeSettled({ after, unknown, gatewayReference }: ResourceChange): boolean {
  const reference = gatewayReference?.after;
  return after !== undefined && unknown.has("gatewayId") && reference?.open === true && reference.named !== undefined;
}

/**
 * An attachment whose program says `gateway_id = mcpstack_gateway.NAME.id`, or takes an instance of it by `each` or `count`, uses that
 * gateway for certain. What is written otherwise, or in two ways, stays open, and so does what is not what the plan was made from. Only of
 * the root module: which program a module is, is not known here.
 */
export function settledReference(attachment: ResourceChange, modules: readonly WrittenModule[]): ResourceChange {
  const reference = referenceOf(attachment, modules);
  return reference === undefined
    ? attachment
    : { ...attachment, gatewayReference: { ...attachment.gatewayReference, after: reference } };
}

const written = /^(mcpstack_gateway\.[\p{ID_Start}_][\p{ID_Continue}-]*)(?:\[(.+)\])?\.id$/u;
const literalKey = /^(?:\d+|"[^"\\$%]*")$/;

function referenceOf(attachment: ResourceChange, modules: readonly WrittenModule[]): References | undefined {
  const own = parseAddress(attachment.address);
  if (own === undefined) return undefined;
  const blocks = modules.flatMap(({ attachments, locals }) =>
    attachments.filter(({ name }) => name === own.name).map((block) => ({ ...block, locals })),
  );
  const texts = new Set(blocks.flatMap((block) => codeOf(block.written.get("gateway_id")) ?? []));
  const [text, ...others] = texts;
  const isRead = blocks.every((block) => isWholeOrAbsent(block.written.get("gateway_id")));
  const [, gateway, index] = written.exec(text ?? "") ?? [];
  if (gateway === undefined || others.length > 0 || !isRead) return undefined;
  const key = index === undefined ? "" : keyOf(index, own.key, blocks);
  if (key === undefined) return undefined;
  // A plan names `each` and `count` beside the resource, and a key that is written out with it.
  const isChosen = index !== undefined && !literalKey.test(index);
  const expected = isChosen ? [gateway, index] : [`${gateway}${key}.id`];
  const { named = [] } = attachment.gatewayReference?.after ?? {};
  if ([...named].sort().join("\n") !== expected.sort().join("\n")) return undefined;
  return { addresses: [`${gateway}${key}`], open: key === anyInstance };
}

interface Block {
  readonly written: ReadonlyMap<string, Expression>;
  readonly locals: WrittenModule["locals"];
}

/** The key of the instance that an index chooses for an instance with a key of its own; undefined for an index that is not read here. */
function keyOf(index: string, own: string, blocks: readonly Block[]): string | undefined {
  if (literalKey.test(index)) return `[${index}]`;
  if (index === "count.index") return /^\[\d+\]$/.test(own) ? own : undefined;
  if (index === "each.key") return own === "" ? undefined : own;
  if (index !== "each.value") return undefined;
  const [only, ...others] = blocks.filter((block) => block.written.has("for_each"));
  const value = only === undefined || others.length > 0 ? undefined : valueFor(own, only);
  return value === undefined ? undefined : `[${value}]`;
}

/** The text that an object in `for_each` has for a key, each as it is written; an object may stand in a local. */
function valueFor(key: string, { written: block, locals }: Block): string | undefined {
  const forEach = block.get("for_each");
  const [, local] = /^local\.([\p{ID_Start}_][\p{ID_Continue}-]*)$/u.exec(codeOf(forEach)?.[0] ?? "") ?? [];
  const [expression, ...others] = local === undefined ? [forEach] : (locals.get(local) ?? []);
  const tokens = expression?.isWhole ? expression.tokens.filter(isNoLineAtEdge) : [];
  if (others.length > 0 || tokens[0]?.text !== "{" || closing(tokens, 0) !== tokens.length - 1) return undefined;
  const entries = entriesOf(tokens.slice(1, -1));
  const found = entries.filter(([name]) => name === undefined || `["${name}"]` === key);
  const [value, ...more] = found;
  return value?.[0] === undefined || more.length > 0 ? undefined : value[1];
}

function isNoLineAtEdge({ kind }: Token, index: number, { length }: readonly Token[]): boolean {
  return kind !== "line" || (index > 0 && index < length - 1);
}

/** `name = "text"`, parted by commas or ends of lines. What is anything else has no name, so that nobody takes it for another key's. */
function entriesOf(tokens: readonly Token[]): (readonly [name: string | undefined, value: string | undefined])[] {
  const entries: Token[][] = [[]];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (token.kind === "line" || token.text === ",") entries.push([]);
    else {
      const end = isOpening(token) ? closing(tokens, at) : at;
      entries.at(-1)?.push(...tokens.slice(at, end + 1));
      at = end;
    }
  }
  return entries
    .filter((entry) => entry.length > 0)
    .map(([name, sign, value, ...rest]) => {
      const isEntry = (sign?.text === "=" || sign?.text === ":") && rest.length === 0;
      const text = value?.kind === "text" && literalKey.test(value.text) ? value.text : undefined;
      return [isEntry && name ? plainName(name) : undefined, text];
    });
}

function plainName({ kind, text }: Token): string | undefined {
  if (kind === "word") return text;
  return kind === "text" && literalKey.test(text) ? text.slice(1, -1) : undefined;
}

function isWholeOrAbsent(expression: Expression | undefined): boolean {
  return expression === undefined || expression.isWhole;
}

/** An expression as one text, out of a template of nothing else; none where there is none. */
function codeOf(expression: Expression | undefined): [string] | undefined {
  if (expression === undefined) return undefined;
  const tokens = expression.tokens.filter(({ kind }) => kind !== "line");
  const [only, ...others] = tokens;
  const [part, ...parts] = only?.parts ?? [];
  const isTemplate = others.length === 0 && only?.text.startsWith('"') && part !== undefined && parts.length === 0;
  return [
    isTemplate && "code" in part && !part.isDirective
      ? closedUp(part.code, { texts: true })
      : closedUp(tokens, { texts: true }),
  ];
}
