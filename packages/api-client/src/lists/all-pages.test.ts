import { isApiError } from "../errors/api-error";
import { allPages, type PageWish } from "./all-pages";
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
  for await (const page of allPages(read, from, pageSize))
    for (const item of page) ids.push((item as { id: string }).id);
  return { ids, wishes };
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

const paged: [string, unknown[]][] = [
  [
    "a total",
    [
      { items: items("a", "b"), page: 1, pageSize: 2, total: 3 },
      { items: items("c"), page: 2, pageSize: 2, total: 3 },
    ],
  ],
  [
    "a next page",
    [
      { data: items("a", "b"), nextPage: 2, pageSize: 2 },
      { data: items("c"), nextPage: null },
    ],
  ],
  ["a next page as text", [{ data: items("a", "b"), nextPage: "2", pageSize: 2 }, { data: items("c") }]],
  [
    "more to come",
    [
      { data: items("a", "b"), hasMore: true, pageSize: 2 },
      { data: items("c"), hasMore: false },
    ],
  ],
  [
    "a number of pages",
    [
      { data: items("a", "b"), meta: { totalPages: 2, pageSize: 2 } },
      { data: items("c"), meta: { totalPages: 2 } },
    ],
  ],
  [
    "full pages",
    [
      { items: items("a", "b"), pageSize: 2 },
      { items: items("c"), pageSize: 2 },
    ],
  ],
  [
    "an item that came twice, since the list moved",
    [
      { items: items("a", "b"), pageSize: 2 },
      { items: items("b", "c"), pageSize: 2 },
      { items: [], pageSize: 2 },
    ],
  ],
];

test.each(paged)("a list is followed by %s", async (_, answers) => {
  const { ids, wishes } = await follow(answers);
  expect(ids).toEqual(["a", "b", "c"]);
  expect(wishes.slice(0, 2)).toEqual([{}, { page: 2, pageSize: 2 }]);
});

test("full pages end with an empty one", async () => {
  const answers = [
    { items: items("a"), pageSize: 1 },
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

test("an empty list is one request, whatever its total says", async () => {
  expect(await follow([{ items: [], total: 7 }])).toEqual({ ids: [], wishes: [{}] });
});

const broken: [string, unknown[], string][] = [
  ["a page that repeats the one before", [{ items: items("a"), total: 9, pageSize: 1 }], "unexpected_answer"],
  ["a cursor that nobody knows how to follow", [{ items: items("a"), nextCursor: "abc" }], "unexpected_answer"],
  ["no list", [{ message: "hello" }], "unexpected_answer"],
  ["null", [null], "unexpected_answer"],
  ["a text", ["none"], "unexpected_answer"],
];

test.each(broken)("a list with %s is an error, never a shorter list", async (_, answers, code) => {
  await expect(follow(answers)).rejects.toMatchObject({ code });
});

test("a list without an end is given up", async () => {
  let count = 0;
  const pages = allPages(async () => ({ items: items(String(count++)), paging: { hasMore: true } }), from);
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
