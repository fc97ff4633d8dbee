import color from "picocolors";
import { environments } from "../release/leaves.ts";
import type { ReleaseStatus, ServiceStatus } from "./service-status.ts";

/** Service by environment: version, the digest's beginning, and how long it has been there. */
export function tableOf(services: readonly ServiceStatus[], now: Date): string[] {
  const rows = [
    ["", ...environments],
    ...services.map(({ service, environments: there }) => [
      service,
      ...environments.map((name) => cell(there[name], now)),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row, index) => {
    const line = row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd();
    return index === 0 ? color.bold(line) : line;
  });
}

function cell(status: ReleaseStatus | "absent" | "unreleased", now: Date): string {
  if (status === "absent") return "-";
  if (status === "unreleased") return "not released yet";
  const digest = status.digest.slice("sha256:".length, "sha256:".length + 7);
  return `${status.version}  ${digest}  ${age(new Date(status.since), now)}`;
}

/** In the largest unit of which there is at least one, as kubectl does. */
export function age(since: Date, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - since.getTime()) / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
