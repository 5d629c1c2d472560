import type { Handler } from "./handler";

/** Aborts what is going on, and answers at once: Terraform waits for the calls themselves. */
export const stopProvider: Handler<"stopProvider"> = (provider) => {
  provider.calls.stop();
  return {};
};
