import { relative } from "node:path";
import color from "picocolors";
import type { MallService } from "./mall.ts";

/** The services that a person opens in a browser. */
const pages: Record<string, string> = { frontend: "Storefront", observatory: "Observatory" };

export interface SummaryFacts {
  services: readonly MallService[];
  tookMs: number;
  /** Absolute. */
  logs: string;
  root: string;
}

/** What a person needs once the mall is up. */
export function summary({ services, tookMs, logs, root }: SummaryFacts): string {
  const others = services.filter(({ name }) => !(name in pages)).map(({ name, port }) => `${name} ${port}`);
  const rows = [
    ...Object.entries(pages).flatMap(([page, label]) => {
      const found = services.find(({ name }) => name === page);
      return found ? [[label, color.cyan(found.url)]] : [];
    }),
    ["Services", others.join(", ")],
    ["Logs", `${relative(root, logs) || logs}/<service>.log`],
  ];
  const lines = rows.map(([label = "", text = ""]) => `  ${label.padEnd(13)}${text}`);
  const took = `The mall is up after ${(tookMs / 1000).toFixed(1)} s.`;
  return `\n${color.bold(took)}\n\n${lines.join("\n")}\n\nCtrl-C stops everything.\n`;
}
