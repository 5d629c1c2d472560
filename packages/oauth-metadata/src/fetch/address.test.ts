import { addressProblem, hostTrust } from "./address";

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
  ["2002:a00:1::", "a private address"],
  ["::10.0.0.1", "a private address"],
] as const;

const never = [
  "169.254.169.254",
  "169.254.1.1",
  "fe80::1",
  "fe80::1%eth0",
  "::ffff:169.254.169.254",
  "fd00:ec2::254",
  "100.100.100.200",
];
const nowhere = [
  "0.0.0.0",
  "::",
  "224.0.0.1",
  "ff02::1",
  "255.255.255.255",
  "240.0.0.1",
  "192.0.2.1",
  "not an address",
  "",
];

test.each(["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"])(
  "%s is public and allowed",
  (address) => {
    expect(addressProblem(address, "id.example", "guarded")).toBeUndefined();
  },
);

test.each(internal)("%s, %s, is only for a host that the program names", (address, name) => {
  expect(addressProblem(address, "id.example", "guarded")).toContain(name);
  expect(addressProblem(address, "id.example", "named")).toBeUndefined();
});

test.each(never)("%s is for no host name, only for a URL that holds the address itself", (address) => {
  expect(addressProblem(address, "id.example", "guarded")).toBeDefined();
  expect(addressProblem(address, "id.example", "named")).toBeDefined();
  expect(addressProblem(address.replace(/%.*/, ""), address.replace(/%.*/, ""), "named")).toBeUndefined();
});

test.each(nowhere)("'%s' is never connected to", (address) => {
  expect(addressProblem(address, address, "named")).toBeDefined();
});

test("A loopback name is named where the program names any loopback host", () => {
  expect(hostTrust("localhost", new Set(["127.0.0.1"]))).toBe("named");
  expect(hostTrust("localhost", new Set(["id.example"]))).toBe("guarded");
  expect(hostTrust("id.example", new Set(["id.example"]))).toBe("named");
  expect(hostTrust("evil.example", new Set(["id.example"]))).toBe("guarded");
});
