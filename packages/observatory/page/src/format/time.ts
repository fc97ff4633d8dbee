const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
});
const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** Local time to the millisecond. */
export const formatTime = (ms: number): string => clock.format(ms);

export const formatMinute = (ms: number): string => minute.format(ms);

/** Of a raw timestamp, without losing its nanoseconds: `2026-11-23T06:13:39.123456789Z`. */
export function formatUnixNano(nanos: string): string {
  const all = BigInt(nanos);
  const seconds = new Date(Number(all / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(all % 1_000_000_000n).padStart(9, "0")}Z`;
}
