import { Gate } from "./gate";
import { sleep } from "./sleep";

test("no more go through at a time than there are places, in the order in which they came", async () => {
  const gate = new Gate(1);
  const order: string[] = [];
  const first = await gate.enter();
  const second = gate.enter().then((leave) => {
    order.push("second");
    leave();
  });
  const third = gate.enter().then((leave) => {
    order.push("third");
    leave();
  });
  order.push("first");
  first();
  await Promise.all([second, third]);
  expect(order).toEqual(["first", "second", "third"]);
});

test("who gives up waiting takes no place", async () => {
  const gate = new Gate(1);
  const leave = await gate.enter();
  const controller = new AbortController();
  const waiting = gate.enter(controller.signal);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  leave();
  expect(await gate.enter()).toBeInstanceOf(Function);
});

test("who has given up before is not let in", async () => {
  await expect(new Gate(1).enter(AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
});

test("a sleeper is woken by its signal", async () => {
  const controller = new AbortController();
  const sleeping = sleep(60_000, controller.signal);
  controller.abort(new Error("enough"));
  await expect(sleeping).rejects.toThrow("enough");
  await expect(sleep(60_000, controller.signal)).rejects.toThrow("enough");
});

test("a sleeper that is left alone wakes by itself", async () => {
  expect(await sleep(1, new AbortController().signal)).toBeUndefined();
});
