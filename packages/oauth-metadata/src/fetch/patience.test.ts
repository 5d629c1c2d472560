import { patience } from "./patience";

test("Nobody is late while this process is busy itself", async () => {
  let isOver = false;
  const end = patience(200, () => {
    isOver = true;
  });
  const busyUntil = performance.now() + 400;
  while (performance.now() < busyUntil);
  // Whatever timers are due now fire before this one.
  await new Promise((resolve) => setTimeout(resolve, 1));
  expect(isOver).toBe(false);
  end();
});

test("Who does not answer is waited for no longer than was said", async () => {
  await new Promise<void>((resolve) => patience(40, resolve));
});

test("Who answered is not waited for any more", async () => {
  let isOver = false;
  patience(20, () => {
    isOver = true;
  })();
  await new Promise<void>((resolve) => patience(60, resolve));
  expect(isOver).toBe(false);
});
