import ipaddr from "ipaddr.js";

/** What an address is for. Only `global` is the public internet. */
export type Range =
  | "global"
  | "private"
  | "unique local"
  | "carrier-grade NAT"
  | "loopback"
  | "link-local"
  | "metadata service"
  | "unspecified"
  | "reserved";

/**
 * Services of clouds that give a machine's own credentials or configuration to whoever asks from it, outside the link-local range, where
 * most of them are. The first range that holds an address counts.
 */
const metadataServices = [
  "168.63.129.16/32", // Azure's wire server
  "100.100.100.200/32", // Alibaba Cloud
  "192.0.0.192/32", // Oracle Cloud
  "fd00:ec2::/32", // Amazon Web Services, Pod Identity and Time Sync included
  "fd20:ce::254/128", // Google Cloud
  "fd00:42::42/128", // Scaleway
  "fd00:a9fe:a9fe::/48", // Linode, OpenStack
];

/** The IANA IPv4 Special-Purpose Address Registry, and multicast (RFC 5771). What it calls globally reachable is left out. */
const ipv4: readonly (readonly [Range, readonly string[]])[] = [
  ["metadata service", metadataServices.filter((range) => !range.includes(":"))],
  ["unspecified", ["0.0.0.0/32"]],
  ["private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]],
  ["carrier-grade NAT", ["100.64.0.0/10"]],
  ["loopback", ["127.0.0.0/8"]],
  ["link-local", ["169.254.0.0/16"]],
  [
    "reserved",
    [
      "0.0.0.0/8", // this network
      "192.0.0.0/24", // protocol assignments
      "192.0.2.0/24", // documentation
      "192.88.99.0/24", // 6to4 relays, deprecated
      "198.18.0.0/15", // benchmarking
      "198.51.100.0/24", // documentation
      "203.0.113.0/24", // documentation
      "224.0.0.0/4", // multicast
      "240.0.0.0/4", // future use, broadcast
    ],
  ],
];

/**
 * The IANA IPv6 Special-Purpose Address Registry. What holds an IPv4 address is judged by that one (`unwrapped`), and what lies outside
 * of 2000::/3, the only global unicast space there is (RFC 4291 §2.4), is reserved.
 */
const ipv6: readonly (readonly [Range, readonly string[]])[] = [
  ["metadata service", metadataServices.filter((range) => range.includes(":"))],
  ["unspecified", ["::/128"]],
  ["loopback", ["::1/128"]],
  ["unique local", ["fc00::/7"]],
  ["link-local", ["fe80::/10"]],
  [
    "reserved",
    [
      "2001::/23", // protocol assignments: Teredo, benchmarking, ORCHID
      "2001:db8::/32", // documentation
      "3fff::/20", // documentation
    ],
  ],
  ["global", ["2000::/3"]],
];

type Address = ipaddr.IPv4 | ipaddr.IPv6;
const parsed = (table: typeof ipv4) =>
  table.map(([name, ranges]) => [name, ranges.map((r) => ipaddr.parseCIDR(r))] as const);
const tables = { ipv4: parsed(ipv4), ipv6: parsed(ipv6) };

/** The range of an address and the address that decides it; undefined where the text is none. */
export function rangeOf(text: string): { readonly name: Range; readonly address: string } | undefined {
  const plain = text.replace(/%.*$/, "");
  // Most texts are names, and the library finds that out by an exception, which takes long.
  if (!/^\d|:/.test(plain) || !ipaddr.isValid(plain)) return undefined;
  const address = unwrapped(ipaddr.process(plain));
  const kind = address.kind();
  const found = tables[kind].find(([, ranges]) =>
    ranges.some((range) => address.match(range as [ipaddr.IPv4, number] & [ipaddr.IPv6, number])),
  );
  return { name: found?.[0] ?? (kind === "ipv4" ? "global" : "reserved"), address: address.toString() };
}

/**
 * The IPv4 address inside of an IPv6 one, which is where a connection to it goes: mapped (RFC 4291 §2.5.5.2), translated (RFC 6052 §2.1,
 * RFC 7915), 6to4 (RFC 3056), and the deprecated compatible form (RFC 4291 §2.5.5.1), which some stacks still route.
 */
function unwrapped(address: Address): Address {
  if (address.kind() === "ipv4") return address;
  const bytes = address.toByteArray();
  const begins = (...start: number[]) => start.every((byte, at) => bytes[at] === byte);
  const zeros = (from: number, to: number) => bytes.slice(from, to).every((byte) => byte === 0);
  if (begins(0x20, 0x02)) return new ipaddr.IPv4(bytes.slice(2, 6));
  const isTranslated = begins(0, 0x64, 0xff, 0x9b) && zeros(4, 12);
  const isSiit = zeros(0, 8) && bytes[8] === 0xff && bytes[9] === 0xff && zeros(10, 12);
  // :: and ::1 are no such addresses.
  const isCompatible = zeros(0, 12) && !zeros(12, 14);
  return isTranslated || isSiit || isCompatible ? new ipaddr.IPv4(bytes.slice(12)) : address;
}
