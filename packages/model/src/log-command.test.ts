import { withoutLogCommands } from "./log-command";

test.each([
  ["::stop-commands::pwned", "\\::stop-commands::pwned"],
  [
    "it said ::error::owned and ##vso[task.prependpath]/tmp",
    "it said \\::error::owned and \\##vso[task.prependpath]/tmp",
  ],
  ["##[group]x", "\\##[group]x"],
  ["a\n::error::b", "a\n\\::error::b"],
  ["http://[::1]:8080/ and a::b, # heading ## x", "http://[::1]:8080/ and a::b, # heading ## x"],
])("%s is shown as %s", (text, shown) => {
  expect(withoutLogCommands(text)).toBe(shown);
  expect(withoutLogCommands(shown)).toBe(shown);
});
