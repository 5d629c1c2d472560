import type { Json } from "@mcpstack/model";
import { Secrets } from "./secrets";

function hiding(value: Json, text: string): string {
  const secrets = new Secrets();
  secrets.add(value);
  return secrets.hide(text);
}

const key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----\n";

test.each<[string, Json, string, string]>([
  ["a whole value", { clientSecret: "qu7-Zebra-19" }, "no qu7-Zebra-19 here", "no [secret] here"],
  ["the beginning of one", ["qu7-Zebra-19"], "it begins with qu7-Zeb", "it begins with [secret]"],
  ["a value at any depth", { a: [{ b: { c: "hush-hush" } }] }, "not hush-hush", "not [secret]"],
  ["a number", { account: 1234567 }, "account 1,234,567 is closed", "account [secret] is closed"],
  ["a key on one line", key, `bad value: ${key.replaceAll("\n", " ")}`, "bad value: [secret] "],
  ["a key as JSON writes it", key, `{"pem":${JSON.stringify(key)}}`, '{"pem":"[secret]"}'],
  ["a key with the other line ends", key, `<${key.replaceAll("\n", "\r\n")}>`, "<[secret]\r\n>"],
  ["one line of a key", key, "near MIIEvQIBADANBg", "near [secret]"],
  ["several values", ["first-one", "second-one"], "first-one, not second-one", "[secret], not [secret]"],
  ["pieces with little between them", "abcdefghijkl", "abcdef-x-ghijkl", "[secret]"],
  ["percent-encoding", "s3cr/t==", "bad s3cr%2ft%3D%3D", "bad [secret]"],
  ["Base64", "s3cr/t==", `bad ${Buffer.from("x:s3cr/t==").toString("base64")}`, "bad eD[secret]=="],
  ["JavaScript's escape", "Zebra-ü7", "bad %u005ae%u0062ra%2D%u00FC7", "bad [secret]"],
  ["what has tags between its letters", "Quagga-Zebra", "no Quag<b>ga-</b>Z<i class='x'>ebra here", "no [secret] here"],
  ["what has a tag between all letters", "abcdefgh", "no a<b>b<b>c<b>d<b>e<b>f<b>g<b>h here", "no [secret] here"],
  ["what has tags in brackets", "qu7Zebra19", "no qu7[b]Ze[/b]bra[color=red]19 here", "no [secret] here"],
  ["what has a comment in it", "qu7Zebra19", "no qu7Ze<!-- x -->bra19 here", "no [secret] here"],
  [
    "what has signs in it that are not seen",
    "qu7Zebra19",
    "qu\u200b7Ze\u00adb\u3164r\ufe0fa1\u2060\u034f9 is",
    "[secret] is",
  ],
  ["soft hyphens by their name", "qu7Zebra19", "no qu7&shy;Zeb&ZeroWidthSpace;ra19 here", "no [secret] here"],
  ["escaped tags", "qu7Zebra19", "no qu7Ze&lt;b&gt;bra19 here", "no [secret] here"],
  ["a name of a field", "hush-hush", '{"hush-hush": 1}', '{"[secret]": 1}'],
  ["the case of letters", "Hush-Hush", "https://hush-hush.example", "https://[secret].example"],
])("hidden is %s", (_, value, text, expected) => {
  expect(hiding(value, text)).toBe(expected);
});

test.each<[string, Json, string]>([
  ["a text without secrets", ["hush-hush"], "the clientSecret is too short"],
  ["fewer than six characters of a longer secret", ["qu7-Zebra-19"], "Zebra, qu7-Z, a-19"],
  ["true, false and null", { a: true, b: false, c: null }, "true, false, null"],
  ["the names of write-only settings", { clientSecret: "hush-hush" }, "clientSecret is missing"],
  ["what has one or two characters", ["a", "5", 42, ""], "a, 5 and 42"],
  ["a short secret within a word", [1234, "pin"], "order 51234 is in the spinner"],
])("shown is %s", (_, value, text) => {
  expect(hiding(value, text)).toBe(text);
});

test.each([
  ["the PIN 1234.", "the PIN [secret]."],
  ["pin=1234", "pin=[secret]"],
  ["in Base64 MTIzNA==", "in Base64 [secret]=="],
  ["%31%32%33%34", "[secret]"],
  ["%u0031%u0032%u0033%u0034", "[secret]"],
  ["1<b>2</b>3\u00ad4", "[secret]"],
  ["0x31323334 or 31323334", "0x31323334 or [secret]"],
])("a secret too short to have pieces is hidden where it stands as a word: %s", (text, expected) => {
  expect(hiding({ pin: 1234 }, text)).toBe(expected);
});

test("a message stays readable where a write-only value is an ordinary word", () => {
  const settings = { method: "client_secret_post", url: "https://keys.example.com", alg: "RS256", strict: true };
  expect(hiding(settings, "tokenEndpointAuthMethod must be none or client_secret_basic, not client_secret_post")).toBe(
    "tokenEndpointAuthMethod must be none or [secret]basic, not [secret]",
  );
});

test("what a key of the service begins with is no secret, since addresses hold it too", () => {
  const secrets = new Secrets("mcpstack_sk_abcdef123456");
  expect(secrets.hide("see https://mcpstack.com about mcpstack_sk_abcdef123456")).toBe(
    "see https://mcpstack.com about mcpstack_sk_[secret]",
  );
});

test("a secret that comes to be known later is hidden from then on", () => {
  const secrets = new Secrets("the-credential");
  expect(secrets.hide("hush-hush")).toBe("hush-hush");
  secrets.add({ clientSecret: "hush-hush" });
  expect(secrets.hide("hush-hush, the-credential")).toBe("[secret]");
});
