import fc from "fast-check";
import { isApiError } from "../errors/api-error";
import { rejection } from "../testing/with-server";
import { allPages, streamPages } from "./all-pages";
import type { PageWish } from "./follow";
import { readListPage } from "./list-page";

const from = { method: "GET", path: "/x/gateways" };
const items = (...ids: string[]) => ids.map((id) => ({ id }));

/** Follows a list whose answers are given in order; the last one is repeated. */
async function follow(answers: unknown[], pageSize?: number): Promise<{ ids: string[]; wishes: PageWish[] }> {
  const wishes: PageWish[] = [];
  const ids: string[] = [];
  const read = async (wish: PageWish) => {
    wishes.push(wish);
    return readListPage(answers[Math.min(wishes.length, answers.length) - 1], from, "gateways");
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
    return readListPage(answers[Math.min(at, answers.length) - 1], from, "gateways");
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
];

test.each(one)("a list with %s is one request", async (_, answer) => {
  expect(await follow([answer])).toEqual({ ids: ["a", "b"], wishes: [{}] });
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

  test("is read although it never stands still", async () => {
    const ids = Array.from({ length: 40 }, (_, at) => `id${at}`);
    const read = service(ids, () => ids.pop());
    const seen = await idsOf(allPages(read, from));
    expect(ids.filter((id) => !seen.includes(id))).toEqual([]);
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
        return readListPage(nested === "" ? { ...held, ...said } : { ...held, [nested]: said }, from, "gateways");
      };
      const ids: string[] = [];
      for await (const page of allPages(read, from)) ids.push(...page.map((item) => (item as { id: string }).id));
      expect(ids).toEqual(all);
    }),
    { numRuns: 2_000 },
  );
});
