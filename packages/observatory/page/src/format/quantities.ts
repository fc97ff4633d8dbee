const UNKNOWN = "–";

/** Three digits that matter: `0.42 ms`, `183 ms`, `1.30 s`. */
export function formatMs(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  const size = Math.abs(ms);
  if (size === 0) return "0 ms";
  if (size < 0.001) return `${Math.round(ms * 1e6)} ns`;
  if (size < 0.1) return `${digits(ms * 1e3)} µs`;
  if (size < 999.5) return `${digits(ms)} ms`;
  if (size < 59_950) return `${digits(ms / 1e3)} s`;
  return `${digits(ms / 60_000)} min`;
}

export const formatNs = (ns: number): string => formatMs(ns / 1e6);

export const formatDelta = (ms: number): string =>
  `${ms > 0 ? "+" : ms < 0 ? "−" : "±"}${formatMs(Math.abs(ms))}`;

export const formatRate = (perSecond: number): string => `${perSecond === 0 ? "0" : digits(perSecond)}/s`;

/** Never rounds something down to nothing. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0) return "0 %";
  if (percent < 0.1) return "<0.1 %";
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

export const formatCount = (count: number): string => count.toLocaleString("en-GB");

export const formatBytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${digits(bytes / 1e6)} MB`;

function digits(value: number): string {
  const size = Math.abs(value);
  if (size >= 99.95) return String(Math.round(value));
  return value.toFixed(size >= 9.995 ? 1 : 2);
}
