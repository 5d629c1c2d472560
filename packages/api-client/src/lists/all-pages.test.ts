import fc from "fast-check";
import { isApiError } from "../errors/api-error";
import { Secrets } from "../secrets/secrets";
import { rejection } from "../testing/with-server";
import { allPages, streamPages } from "./all-pages";
import type { PageWish } from "./follow";
import { type ListPage, readListPage } from "./list-page";

const from = { method: "GET", path: "/x/gateways" };
const items = (...ids: string[]) => ids.map((id) => ({ id }));

/** An answer whose status or headers say something. */
class Answered {
  constructor(
    readonly json: unknown,
    readonly headers: Record<string, string>,
    readonly status = 200,
  ) {}
}

function pageOf(answer: unknown): ListPage {
  const { json, headers, status } = answer instanceof Answered ? answer : new Answered(answer, {});
  return readListPage(
    { json, headers, status, url: `https://api.example.com${from.path}` },
    from,
    "gateways",
    new Secrets(),
  );
}

/** Follows a list whose answers are given in order; the last one is repeated. */
async function follow(answers: unknown[], pageSize?: number): Promise<{ ids: string[]; wishes: PageWish[] }> {
  const wishes: PageWish[] = [];
  const ids: string[] = [];
  const read = async (wish: PageWish) => {
    wishes.push(wish);
    return pageOf(answers[Math.min(wishes.length, answers.length) - 1]);
  };
  const pages = pageSize === undefined ? allPages(read, from) : streamPages(read, from, pageSize);
  for await (const page of pages) for (const item of page) ids.push((item as { id: string }).id);
  return { ids, wishes };
}

/** The same, begun anew with every reading of the list. */
async function followAgain(answers: unknown[]): Promise<string[]> {
  let at = 0;
  const read = async (wish: PageWish) => {
    at = Object.keys(wish).length === 0 ? 1 : at + 1;
    return pageOf(answers[Math.min(at, answers.length) - 1]);
  };
  const ids: string[] = [];
  for await (const page of allPages(read, from)) for (const item of page) ids.push((item as { id: string }).id);
  return ids;
}

const one: [string, unknown][] = [
  ["a bare array", items("a", "b")],
  ["items", { items: items("a", "b") }],
  ["data", { data: items("a", "b") }],
  ["results", { results: items("a", "b") }],
  ["its own name", { gateways: items("a", "b") }],
  ["items within data", { data: { items: items("a", "b") } }],
  ["a total that is reached", { items: items("a", "b"), total: 2, page: 1, pageSize: 50 }],
  ["fewer than a page", { items: items("a", "b"), page: 1, pageSize: 50 }],
  ["no next page", { items: items("a", "b"), nextPage: null }],
  ["no more", { data: items("a", "b"), hasMore: false, pageSize: 2 }],
  ["a last page of one", { data: items("a", "b"), page: 1, totalPages: 1 }],
  ["an unknown total", { items: items("a", "b"), total: -1, page: 1, pageSize: 50 }],
  ["a total that is an object", { items: items("a", "b"), total: { value: 2, relation: "eq" } }],
  ["an offset and a limit", { items: items("a", "b"), offset: 0, limit: 50 }],
  ["a range that holds it all", new Answered(items("a", "b"), { "content-range": "items 0-1/2" }, 206)],
  ["a link back", new Answered(items("a", "b"), { link: '</x/gateways?page=1>; rel="prev first"' })],
  [
    "what is no paging of a list",
    new Answered(items("a", "b"), { "x-nextjs-cache": "HIT", "x-ratelimit-remaining": "9" }),
  ],
  [
    "links around it",
    { data: items("a", "b"), links: { self: "/x", first: "/x?page=1", last: "/x?page=1", next: null } },
  ],
];

test.each(one)("a list with %s is one request", async (_, answer) => {
  expect(await follow([answer])).toEqual({ ids: ["a", "b"], wishes: [{}] });
});

test.each<[number, Record<string, string>, RegExp]>([
  [202, {}, /status 202 instead of 200/],
  [203, {}, /status 203/],
  [207, {}, /status 207/],
  [200, { warning: '110 - "Response is Stale"' }, /Warning 110/],
  [200, { warning: '299 - "x", 111 cache "Revalidation Failed"' }, /Warning 111/],
  [200, { age: "61", "x-cache": "HIT from edge" }, /a cache has kept for 61 s/],
])("a list that is answered with %i and %j is an error, also an empty one", async (status, headers, said) => {
  for (const held of [[], items("a")]) {
    expect(await rejection(follow([new Answered(held, headers, status)]))).toMatchObject({
      code: "list_incomplete",
      message: expect.stringMatching(said),
    });
  }
});

test.each<[Record<string, string>]>([
  [{ warning: '299 - "Deprecated API"' }],
  [{ age: "5", "x-cache": "HIT" }],
  [{ age: "500", "x-cache": "MISS" }],
])("a list with %j is the service's own of now", async (headers) => {
  expect((await follow([new Answered(items("a"), headers)])).ids).toEqual(["a"]);
});

const paged: [string, unknown[], PageWish[]][] = [
  [
    "a total",
    [
      { items: items("a", "b"), page: 1, pageSize: 2, total: 3 },
      { items: items("c"), page: 2, pageSize: 2, total: 3 },
    ],
    [{ page: 2, pageSize: 2 }],
  ],
  [
    "a total, from page 0 on",
    [
      { items: items("a", "b"), page: 0, pageSize: 2, total: 3 },
      { items: items("c"), page: 1, pageSize: 2, total: 3 },
    ],
    [{ page: 1, pageSize: 2 }],
  ],
  [
    "a next page",
    [
      { data: items("a", "b"), nextPage: 2, pageSize: 2 },
      { data: items("c"), nextPage: null },
    ],
    [{ page: 2, pageSize: 2 }],
  ],
  [
    "a next page as text",
    [{ data: items("a", "b"), nextPage: "2", pageSize: 2 }, { data: items("c") }],
    [{ page: 2, pageSize: 2 }],
  ],
  ["a next page from 0 on", [{ data: items("a", "b"), nextPage: 1 }, { data: items("c") }], [{ page: 1 }]],
  [
    "a next page, though one is empty on the way",
    [
      { data: items("a", "b"), nextPage: 2 },
      { data: [], nextPage: 3 },
      { data: items("c"), nextPage: null },
    ],
    [{ page: 2 }, { page: 3 }],
  ],
  [
    "a cursor",
    [
      { items: items("a", "b"), nextCursor: "x/1", hasNextPage: true, pageSize: 2 },
      { items: items("c"), nextCursor: null, hasNextPage: false, pageSize: 2 },
    ],
    [{ cursor: "x/1", pageSize: 2 }],
  ],
  [
    "a cursor, though one answer is empty and pages are numbered too",
    [
      { items: items("a", "b"), nextCursor: "x", page: 1, total: 3, totalPages: 2 },
      { items: [], nextCursor: "y", total: 3 },
      { items: items("c"), nextCursor: "", total: 3 },
    ],
    [{ cursor: "x" }, { cursor: "y" }],
  ],
  [
    "a cursor beside the list, around the object that holds it",
    [{ data: { items: items("a", "b") }, meta: { nextCursor: "x" } }, { data: { items: items("c") } }],
    [{ cursor: "x" }],
  ],
  [
    "the cursor of its last item, until no page follows",
    [
      { items: items("a", "b"), nextCursor: "b", hasNextPage: true },
      { items: items("c"), nextCursor: "c", hasNextPage: false },
    ],
    [{ cursor: "b" }],
  ],
  [
    "more to come",
    [
      { data: items("a", "b"), hasMore: true, page: 1, pageSize: 2 },
      { data: items("c"), hasMore: false },
    ],
    [{ page: 2, pageSize: 2 }],
  ],
  [
    "more to come, though a page is empty on the way",
    [
      { data: items("a", "b"), hasMore: true, page: 1 },
      { data: [], hasMore: true },
      { data: items("c"), hasMore: false },
    ],
    [{ page: 2 }, { page: 3 }],
  ],
  [
    "a number of pages",
    [
      { data: items("a", "b"), meta: { page: 1, totalPages: 2, pageSize: 2 } },
      { data: items("c"), meta: { totalPages: 2 } },
    ],
    [{ page: 2, pageSize: 2 }],
  ],
  [
    "full pages",
    [
      { items: items("a", "b"), page: 1, pageSize: 2 },
      { items: items("c"), pageSize: 2 },
    ],
    [{ page: 2, pageSize: 2 }],
  ],
  [
    "an item that came twice, since the list moved",
    [
      { items: items("a", "b"), page: 1, pageSize: 2 },
      { items: items("b", "c"), pageSize: 2 },
      { items: [], pageSize: 2 },
    ],
    [
      { page: 2, pageSize: 2 },
      { page: 3, pageSize: 2 },
    ],
  ],
  [
    "an offset and a limit",
    [
      { items: items("a", "b"), offset: 0, limit: 2 },
      { items: items("c"), offset: 2, limit: 2 },
    ],
    [{ offset: 2, limit: 2 }],
  ],
  [
    "an offset and a number of pages",
    [
      { items: items("a"), offset: 0, limit: 1, totalPages: 3 },
      { items: items("b"), offset: 1, limit: 1, totalPages: 3 },
      { items: items("c"), offset: 2, limit: 1, totalPages: 3 },
    ],
    [
      { offset: 1, limit: 1 },
      { offset: 2, limit: 1 },
    ],
  ],
  [
    "a link in a header",
    [
      new Answered(items("a"), { link: '<https://api.example.com/x/gateways?after=a&n=1>; rel="next"' }),
      new Answered(items("b"), { link: '</x/gateways?n=1>; rel=first, <?after=b>; title="a, b"; rel=next' }),
      new Answered(items("c"), { link: '</x/gateways?n=1>; rel="first"' }),
    ],
    [{ query: "after=a&n=1" }, { query: "after=b" }],
  ],
  ...(
    [
      ["next", (href: string) => ({ next: href })],
      ["links.next", (href: string) => ({ links: { next: href } })],
      ["_links.next.href", (href: string) => ({ _links: { next: { href }, self: { href: "/x/gateways" } } })],
      [
        "links by their rel",
        (href: string) => ({
          links: [
            { rel: "self", href: "/" },
            { rel: "next", href },
          ],
        }),
      ],
      ["@odata.nextLink", (href: string) => ({ "@odata.nextLink": href, "@odata.count": 3 })],
    ] as const
  ).map(([name, link]): [string, unknown[], PageWish[]] => [
    `a link in ${name}`,
    [{ items: items("a", "b"), ...link("/x/gateways?after=b") }, { items: items("c") }],
    [{ query: "after=b" }],
  ]),
  [
    "headers that number its pages",
    [
      new Answered(items("a", "b"), { "x-page": "1", "x-next-page": "2", "x-per-page": "2", "x-total": "3" }),
      new Answered(items("c"), { "x-page": "2", "x-next-page": "", "x-per-page": "2", "x-total": "3" }),
    ],
    [{ page: 2, pageSize: 2 }],
  ],
  [
    "a next page of which only that it exists is said",
    [
      { items: items("a", "b"), page: 1, nextPage: true },
      { items: items("c"), nextPage: false },
    ],
    [{ page: 2 }],
  ],
  [
    "the elements of a page of Spring",
    [
      { items: items("a", "b"), page: { size: 2, number: 0, totalElements: 3 }, last: false },
      { items: items("c"), page: { size: 2, number: 1, totalElements: 3 }, last: true },
    ],
    [{ page: 1 }],
  ],
  [
    "page 1 where the first page has no number and is page 1",
    [
      { items: items("a", "b"), total: 3 },
      { items: items("a", "b"), total: 3 },
      { items: items("c"), total: 3 },
    ],
    [{ page: 1 }, { page: 2 }],
  ],
  [
    "page 1 where the first page has no number and is page 0",
    [
      { items: items("a", "b"), totalPages: 2 },
      { items: items("c"), totalPages: 2 },
    ],
    [{ page: 1 }],
  ],
];

test.each(paged)("a list is followed by %s", async (_, answers, further) => {
  expect(await follow(answers)).toEqual({ ids: ["a", "b", "c"], wishes: [{}, ...further] });
});

test("full pages end with an empty one", async () => {
  const answers = [
    { items: items("a"), page: 1, pageSize: 1 },
    { items: [], pageSize: 1 },
  ];
  expect((await follow(answers)).ids).toEqual(["a"]);
});

test("a list of documented paging as a bare array goes on until a page is empty, though the server cuts pages shorter than asked", async () => {
  const { ids, wishes } = await follow([items("a", "b"), items("c"), []], 50);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(wishes).toEqual([1, 2, 3].map((page) => ({ page, pageSize: 50 })));
});

test("a bare array that is the same on every page has ended", async () => {
  expect((await follow([items("a", "b")], 50)).ids).toEqual(["a", "b"]);
});

const broken: [string, unknown[], string, RegExp?][] = [
  [
    "a page that repeats the one before",
    [{ items: items("a"), page: 1, total: 9, pageSize: 1 }],
    "list_incomplete",
    /1 of its 9 items came, then page 2 repeats/,
  ],
  ["no item and a total of 7", [{ items: [], total: 7 }], "list_incomplete", /0 of its 7 items came/],
  [
    "an empty page before its total",
    [
      { items: items("a"), page: 1, total: 3 },
      { items: [], total: 3 },
    ],
    "list_incomplete",
    /1 of its 3 items came, then page 2 is empty/,
  ],
  ["no next page before its total", [{ items: items("a"), nextPage: null, total: 3 }], "list_incomplete", /1 of its 3/],
  ["no more before its total", [{ items: items("a"), hasMore: false, total: 3 }], "list_incomplete", /1 of its 3/],
  [
    "no cursor before its total",
    [
      { items: items("a"), nextCursor: "x", total: 3 },
      { items: items("b"), nextCursor: null, total: 3 },
    ],
    "list_incomplete",
    /2 of its 3 items came, then it goes on, but names no further cursor/,
  ],
  [
    "an empty page before the last one",
    [
      { items: items("a"), page: 1, totalPages: 3 },
      { items: [], totalPages: 3 },
    ],
    "list_incomplete",
    /1 items? came, then page 2 is empty/,
  ],
  [
    "a cursor that repeats",
    [
      { items: items("a"), nextCursor: "x" },
      { items: items("b"), nextCursor: "x" },
    ],
    "list_incomplete",
    /2 items came, then it names a cursor for the second time/,
  ],
  [
    "a next page that has been read",
    [
      { items: items("a"), page: 1, nextPage: 2 },
      { items: items("b"), nextPage: 2 },
    ],
    "list_incomplete",
    /it names page 2 for the second time/,
  ],
  ["nothing but empty pages, each with a next one", [], "list_incomplete", /is empty/],
  [
    "a continuation that nobody knows how to follow",
    [{ items: items("a"), continuationToken: "abc" }],
    "list_incomplete",
  ],
  [
    "a link to the rest",
    [{ items: items("a"), next: "https://api.example.com/?after=a" }],
    "list_incomplete",
    /its next/,
  ],
  ["a next page that is no number", [{ items: items("a"), nextPage: "abc" }], "list_incomplete", /its nextPage/],
  ["no list", [{ message: "hello" }], "unexpected_answer"],
  ["null", [null], "unexpected_answer"],
  ["a text", ["none"], "unexpected_answer"],
];

/** Every way to say "there is more" that is met in the wild, beside the items a and b. The service goes on as it began. */
const moreForms: [string, Record<string, unknown> | Answered][] = [
  ...[
    ...[
      { nextPageToken: "t" },
      { next_page_token: "t" },
      { nextToken: "t" },
      { NextToken: "t" },
      { continuation: "t" },
    ],
    ...[{ continuationToken: "t" }, { nextMarker: "t" }, { marker: "t" }, { after: "t" }, { nextOffset: 2 }],
    ...[{ offset: "itr/1" }, { pageToken: "t" }, { nextRecordsUrl: "/more" }, { LastEvaluatedKey: { id: "b" } }],
    ...[
      { "@odata.nextLink": "https://api.example.com/y?$skip=2" },
      { nextLink: "https://other.example/x/gateways?p=2" },
    ],
    ...[
      { links: { next: "/y?page=2" } },
      { _links: { next: { href: "/y?page=2" } } },
      { next: { page: 2 } },
      { next: 2 },
    ],
    ...[{ next: "t" }, { next: true }, { next: { href: "?page=2", templated: true } }, { links: [{ rel: "next" }] }],
    ...[{ cursor: { id: 5 } }, { nextCursor: { id: 5 } }, { nextCursor: ["b"] }, { nextCursor: true }, { cursor: "t" }],
    ...[{ nextPage: true }, { nextPage: { number: 2 } }, { nextPage: 2 }, { nextCursor: "t" }, { next: ["b"] }],
    ...[
      { hasMore: true },
      { hasMore: "true" },
      { hasMore: 1 },
      { hasMore: "yes" },
      { has_more: true },
      { hasNext: true },
    ],
    ...[{ hasNextPage: true }, { HasMorePages: "True" }, { more: true }, { more: "/x/gateways?page=2" }],
    ...[{ truncated: true }, { isTruncated: true }, { IsTruncated: "true" }, { incomplete_results: true }],
    ...[{ partial: true }, { partial: "true" }, { incomplete: true }, { timed_out: true }, { truncated: 2 }],
    ...[
      { isLast: false },
      { last: false },
      { isLastPage: "false" },
      { lastPage: 3 },
      { done: false },
      { complete: false },
    ],
    ...[{ remaining: 1 }, { remaining: "1" }, { remainingItemCount: 317 }],
    ...[{ total: 3 }, { totalElements: 3 }, { total_count: 3 }, { count: 3 }, { "@odata.count": 3 }, { total: "3" }],
    ...[{ total: { value: 3 } }, { total: { value: 2, relation: "gte" } }, { total: "many" }, { total: 2.5 }],
    ...[{ totalPages: 2 }, { pages: 2 }, { pages: { total: 3 } }, { total: -1, pageSize: 2 }, { page: 1, limit: 2 }],
    ...[
      { offset: 0, limit: 2 },
      { skip: 0, limit: 2 },
      { startAt: 0, maxResults: 2 },
      { total: null, per_page: 2 },
    ],
    ...[
      { meta: { pagination: { total: 3 } } },
      { total: 2, meta: { total: 3 } },
      { response_metadata: { next_cursor: "t" } },
    ],
    ...[
      { error: "half of it" },
      { errors: [{ message: "half of it" }] },
      { meta: { error: { code: 1 } } },
      { ok: false },
      { status: "error" },
      { status: "failed" },
      { meta: { status: "fail" } },
      { statusCode: 503 },
      { code: 400 },
      { code: "500" },
    ],
    ...[
      { unreachable: ["europe-west1"] },
      { _shards: { total: 5, successful: 4, failed: 1 } },
      { _shards: { total: 5, successful: 4 } },
      { _shards: { total: "5", successful: "4" } },
      { UnprocessedKeys: { gateways: [{}] } },
      { status: "partial" },
      { failedItems: ["gtw_9"] },
      { partialFailureError: { code: 3, message: "x" } },
      { resultsIncomplete: true },
      { skippedCount: 1 },
    ],
    ...[
      { hasMore: false, next: "/y?page=2" },
      { nextPage: null, hasMore: true },
      { nextCursor: null, partial: true },
    ],
  ].map((fields): [string, Record<string, unknown>] => [JSON.stringify(fields), fields]),
  ...[
    { link: '<https://api.example.com/x/gateways?page=2>; rel="next"' },
    { link: '<https://other.example/x/gateways?page=2>; rel="next"' },
    { link: '<https://api.example.com/y?page=2>; rel="prev next"' },
    { link: "<http://api.example.com/x/gateways?page=2>; rel=next" },
    { link: "/x/gateways?page=2; rel=next" },
    { link: "<>; rel=next" },
    { "x-total-count": "3" },
    { "x-total": "3" },
    { "total-count": "3" },
    { "x-next-page": "2" },
    { "x-has-more": "true" },
    { "x-ms-continuation": "t" },
    { "content-range": "items 0-1/3" },
    { "x-pagination": '{"TotalCount":3,"PageSize":2,"HasNext":true}' },
  ].map((headers): [string, Answered] => [JSON.stringify(headers), new Answered(items("a", "b"), headers as never)]),
  ...[
    {},
    { "content-range": "items 0-1/*" },
    { "content-range": "items 0-1/3" },
    { "content-range": "bytes 0-1/2" },
  ].map((headers): [string, Answered] => [
    `status 206 and ${JSON.stringify(headers)}`,
    new Answered(items("a", "b"), headers as never, 206),
  ]),
];

const notWhole = { code: expect.stringMatching(/^(list_incomplete|unexpected_answer)$/) };

test.each(moreForms)("a list with %s is never whole", async (_, form) => {
  const answer = form instanceof Answered ? form : { items: items("a", "b"), ...form };
  expect(await rejection(follow([answer]))).toMatchObject(notWhole);
});

/** What says nothing of more, beside the items a and b. */
const harmless: Record<string, unknown[]> = {
  page: [1, 0],
  pageSize: [50, 3],
  limit: [50],
  offset: [0],
  total: [2, "2", null, -1, { value: 2 }],
  totalElements: [2],
  count: [2, 1],
  totalPages: [1, null],
  hasMore: [false, "false", 0, null],
  hasNext: [false],
  nextPage: [null, false, "", 0, "null"],
  nextCursor: [null, "", false, {}, "null"],
  cursor: [null, "", "null"],
  next: [null, "", false, [], { href: null }, "null", "None", { href: "null" }],
  nextPageToken: [null, ""],
  "@odata.nextLink": [null],
  truncated: [false],
  incomplete_results: [false],
  isLast: [true],
  last: [true, "/x/gateways?page=1", { href: "/x" }],
  partial: [false, null],
  remaining: [0],
  unreachable: [[], null],
  _shards: [{ total: 5, successful: 5, failed: 0 }, { total: 5, successful: 5 }, { total: 5 }, null],
  UnprocessedKeys: [{}],
  failedItems: [[], 0, null],
  skippedCount: [0, "0"],
  error: [null, "", []],
  errors: [[], null, 0],
  ok: [true],
  self: ["/x/gateways"],
  object: ["list"],
  status: ["ok", 200, "success"],
  statusCode: [200],
  code: [0, 200, "ok"],
  links: [{ self: "/x", next: null }, []],
  _links: [{ self: { href: "/x" } }],
  meta: [{ requestId: "r", total: 2, pagination: { total: 2, page: 1 } }, null],
};
const anyHarmless = fc.record(
  Object.fromEntries(Object.entries(harmless).map(([name, values]) => [name, fc.constantFrom(...values)])),
  { requiredKeys: [] },
);

test("whatever harmless fields an envelope has, its list is whole after one answer", async () => {
  await fc.assert(
    fc.asyncProperty(anyHarmless, fc.constantFrom("items", "data", "gateways"), async (fields, name) => {
      expect(await follow([{ ...fields, [name]: items("a", "b") }])).toEqual({ ids: ["a", "b"], wishes: [{}] });
    }),
    { numRuns: 1_000 },
  );
});

test("whatever harmless fields stand beside a field that says more, the list is never whole", async () => {
  // These say plainly that nothing follows a cursor, or a full page.
  const contradicting = [...["hasMore", "hasNext", "isLast", "last", "remaining", "truncated", "nextCursor"]];
  const silencing = ["total", "totalElements", "totalPages", "nextPage", "cursor", "next", "nextPageToken"];
  const overridden = [...contradicting, ...silencing, "@odata.nextLink", "links", "_links", "meta", "offset", "limit"];
  const beside = anyHarmless.map((fields) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !overridden.includes(name))),
  );
  await fc.assert(
    fc.asyncProperty(beside, fc.constantFrom(...moreForms), async (fields, [_, form]) => {
      const answer =
        form instanceof Answered
          ? new Answered({ ...fields, items: form.json }, form.headers, form.status)
          : { ...fields, items: items("a", "b"), ...form };
      expect(await rejection(follow([answer]))).toMatchObject(notWhole);
    }),
    { numRuns: 1_000 },
  );
});

test.each(broken)("a list with %s is an error, never a shorter list", async (_, answers, code, message = /./) => {
  const endless = Array.from({ length: 99 }, (_, at) => ({ items: [], nextPage: at + 2 }));
  const reading = answers.length > 0 ? followAgain(answers) : followAgain(endless);
  expect(await rejection(reading)).toMatchObject({ code, message: expect.stringMatching(message) });
});

test("a list without an end is given up", async () => {
  let count = 0;
  const pages = allPages(async () => ({ items: items(String(count++)), paging: { hasMore: true, page: 1 } }), from);
  const reading = (async () => {
    for await (const page of pages) expect(page).toHaveLength(1);
  })();
  expect(isApiError(await reading.catch((error: unknown) => error), "too_large")).toBe(true);
});

test("pages are read only as far as they are asked for", async () => {
  let requests = 0;
  const pages = allPages(async () => ({ items: items(String(requests++)), paging: { hasMore: true } }), from);
  for await (const page of pages) if (page[0] && requests === 2) break;
  expect(requests).toBe(2);
});

describe("a list that changes while it is read", () => {
  /** A service of numbered pages of two; `change` is called before each answer with the number of requests so far. */
  const service = (ids: string[], change: (requests: number) => void) => {
    let requests = 0;
    return async ({ page = 1 }: PageWish) => {
      change(requests++);
      const paging = { page, pageSize: 2, total: ids.length };
      return { items: items(...ids.slice((page - 1) * 2, page * 2)), paging };
    };
  };
  const idsOf = async (pages: AsyncIterable<readonly unknown[]>) => {
    const ids: string[] = [];
    for await (const page of pages) ids.push(...page.map((item) => (item as { id: string }).id));
    return ids;
  };

  test("gives what a delete pushed past the edge of a page", async () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const read = service(ids, (requests) => requests === 1 && ids.splice(0, 1));
    expect(await idsOf(allPages(read, from))).toEqual(["a", "b", "d", "e", "f", "c"]);
  });

  test("gives what was there when a create comes in between", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    const read = service(ids, (requests) => requests === 1 && ids.unshift("new"));
    expect((await idsOf(allPages(read, from))).sort()).toEqual(["a", "b", "c", "d", "e", "new"]);
  });

  test("is not whole where it never stands still", async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `id${at}`);
    const read = service(ids, () => ids.pop());
    expect(await rejection(idsOf(allPages(read, from)))).toMatchObject({ code: "list_incomplete" });
  });

  test("is whole where what was there at first has come, though its total fell", async () => {
    const ids = ["a", "b", "c"];
    const read = service(ids, (requests) => requests === 2 && ids.pop());
    expect(await idsOf(allPages(read, from))).toEqual(["a", "b", "c"]);
  });
});

describe("a log", () => {
  const log = async (...answers: unknown[]) => (await follow(answers, 2)).ids;

  test("has no total to live up to", async () => {
    expect(await log({ items: items("a", "b"), total: 9 }, { items: [], total: 9 })).toEqual(["a", "b"]);
  });

  test("is followed by its cursor where it has one", async () => {
    const { ids, wishes } = await follow([{ items: items("a", "b"), nextCursor: "x" }, { items: items("c") }], 2);
    expect(ids).toEqual(["a", "b", "c"]);
    expect(wishes).toEqual([
      { page: 1, pageSize: 2 },
      { cursor: "x", pageSize: 2 },
    ]);
  });

  test("that says there is more and repeats itself is an error", async () => {
    const repeating = log({ items: items("a", "b"), hasMore: true });
    expect(await rejection(repeating)).toMatchObject({ code: "list_incomplete" });
  });
});

test("however a service cuts its list and says so, all of it is given, each item once", async () => {
  const services = fc.record({
    count: fc.integer({ min: 0, max: 25 }),
    pageSize: fc.integer({ min: 1, max: 9 }),
    first: fc.constantFrom(0, 1),
    says: fc.uniqueArray(
      fc.constantFrom("page", "pageSize", "total", "totalPages", "nextPage", "hasMore", "nextCursor"),
    ),
    nested: fc.constantFrom("", "meta", "pagination"),
    envelope: fc.constantFrom("items", "data", "gateways"),
    nothing: fc.constantFrom<null | "" | undefined>(null, "", undefined),
  });
  await fc.assert(
    fc.asyncProperty(services, async ({ count, pageSize, first, says, nested, envelope, nothing }) => {
      // One of these must say that the list goes on: a service that says nothing has given all.
      fc.pre(says.some((name) => name !== "page"));
      const all = Array.from({ length: count }, (_, at) => `id${at}`);
      const lastPage = Math.max(Math.ceil(count / pageSize) - 1, 0);
      const read = async ({ page, cursor }: PageWish) => {
        const number = cursor === undefined ? (page ?? first) - first : Number(cursor.slice("after ".length));
        const more = number < lastPage;
        const everything: Record<string, unknown> = {
          page: number + first,
          pageSize,
          total: count,
          totalPages: lastPage + 1,
          nextPage: more ? number + 1 + first : nothing,
          hasMore: more,
          nextCursor: more ? `after ${number + 1}` : nothing,
        };
        const said = Object.fromEntries(says.map((name) => [name, everything[name]]));
        const held = { [envelope]: items(...all.slice(number * pageSize, (number + 1) * pageSize)) };
        return pageOf(nested === "" ? { ...held, ...said } : { ...held, [nested]: said });
      };
      const ids: string[] = [];
      for await (const page of allPages(read, from)) ids.push(...page.map((item) => (item as { id: string }).id));
      expect(ids).toEqual(all);
    }),
    { numRuns: 2_000 },
  );
});
