import { Secrets } from "../secrets/secrets";
import { decodeLogEvent } from "./log-event";

const from = { method: "GET", path: "/x/gateways/g/logs" };

test("an event is without the credential, write-only values and tokens in all its texts", () => {
  const secrets = new Secrets("tok_0123456789");
  secrets.add({ clientSecret: "hush-hush" });
  const event = {
    id: 7,
    createdOn: "2026-11-24T07:00:00.000Z",
    eventType: "tool_call tok_0123456789",
    result: "failed for hush-hush",
    error: "invalid audience: /cb?access_token=abc",
    token: "tok_0123456789",
  };
  expect(decodeLogEvent(event, from, secrets)).toEqual({
    id: "7",
    at: "2026-11-24T07:00:00.000Z",
    type: "tool_call [secret]",
    outcome: "failed for [secret]",
    message: "invalid audience: /cb?access_token=[token]",
  });
});
