import { addressProblem, hostKey, hostTrust } from "./address";

const internal = [
  ["10.1.2.3", "a private address"],
  ["172.16.0.1", "a private address"],
  ["192.168.1.1", "a private address"],
  ["127.0.0.1", "the loopback address"],
  ["::1", "the loopback address"],
  ["100.64.0.1", "a carrier-grade NAT address"],
  ["fd12:3456::1", "a unique local address"],
  ["::ffff:10.0.0.1", "a private address"],
  ["::ffff:127.0.0.1", "the loopback address"],
  ["64:ff9b::a00:1", "a private address"],
  ["::ffff:0:10.0.0.1", "a private address"],
  ["2002:a00:1::", "a private address"],
  ["::10.0.0.1", "a private address"],
] as const;

const never = [
  "169.254.169.254",
  "169.254.1.1",
  "fe80::1",
  "fe80::1%eth0",
  "::ffff:169.254.169.254",
  "168.63.129.16",
  "::ffff:168.63.129.16",
  "100.100.100.200",
  "192.0.0.192",
  "fd00:ec2::254",
  "fd00:ec2::23",
  "fd20:ce::254",
  "fd00:42::42",
  "fd00:a9fe:a9fe::254",
];

/** What is left of the IANA special-purpose registries, and what is no unicast. */
const nowhere = [
  "0.0.0.0",
  "0.1.2.3",
  "192.0.0.8",
  "192.0.2.1",
  "192.88.99.1",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "64:ff9b:1::1",
  "100::1",
  "100:0:0:1::1",
  "2001::1",
  "2001:2::1",
  "2001:10::1",
  "2001:20::1",
  "2001:db8::1",
  "3fff::1",
  "5f00::1",
  "4000::1",
  "fec0::1",
  "ff02::1",
  "not an address",
  "",
];

test.each([
  "93.184.216.34",
  "9.255.255.255",
  "11.0.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "168.63.129.17",
  "192.0.1.1",
  "192.31.196.1",
  "198.17.255.255",
  "198.20.0.0",
  "223.255.255.255",
  "2606:2800:220:1::1",
  "2001:200::1",
  "2620:4f:8000::1",
  "3ffe::1",
  "::ffff:93.184.216.34",
  "64:ff9b::5db8:d822",
])("%s is public and allowed", (address) => {
  expect(addressProblem(address, "id.example", "guarded")).toBeUndefined();
});

test.each(internal)(
  "%s, %s, is only for a host that is named, or where such addresses are allowed",
  (address, name) => {
    const problem = addressProblem(address, "id.example", "guarded");
    expect(problem).toEqual({ outcome: "private-address", text: expect.stringContaining(name) as string });
    expect(addressProblem(address, "id.example", "named")).toBeUndefined();
    expect(addressProblem(address, "id.example", "internal")).toBeUndefined();
  },
);

test.each(never)("%s is for no host name, only for a named URL that holds the address itself", (address) => {
  const literal = address.replace(/%.*/, "");
  for (const [host, trust] of [
    ["id.example", "guarded"],
    ["id.example", "internal"],
    ["id.example", "named"],
    [literal, "internal"],
  ] as const) {
    expect(addressProblem(address, host, trust)).toMatchObject({ outcome: "blocked-address" });
  }
  expect(addressProblem(literal, literal, "named")).toBeUndefined();
});

test.each(nowhere)("'%s' is never connected to", (address) => {
  expect(addressProblem(address, address, "named")).toMatchObject({ outcome: "blocked-address" });
});

test("A host is named whatever its port; on the loopback, where ports are programs, the port belongs to it", () => {
  const trust = (url: string, ...named: string[]) =>
    hostTrust(new URL(url), new Set(named.map((one) => hostKey(new URL(one)))), "guarded");
  expect(trust("https://id.example:8443/x", "https://id.example")).toBe("named");
  expect(trust("https://evil.example", "https://id.example")).toBe("guarded");
  expect(trust("http://localhost:81/x", "http://127.0.0.1:81")).toBe("named");
  expect(trust("http://[::1]:81", "http://127.0.0.1:81")).toBe("named");
  expect(trust("http://localhost:82", "http://127.0.0.1:81")).toBe("guarded");
  expect(trust("https://localhost", "http://localhost")).toBe("guarded");
});
