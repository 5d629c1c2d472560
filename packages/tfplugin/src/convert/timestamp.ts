/** google.protobuf.Timestamp: seconds and nanoseconds since 1970, the latter never negative. */
export function toTimestamp(date: Date | undefined) {
  if (date === undefined) return undefined;
  const seconds = Math.floor(date.getTime() / 1000);
  return { seconds: BigInt(seconds), nanos: (date.getTime() - seconds * 1000) * 1_000_000 };
}
