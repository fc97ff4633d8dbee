import { execFileSync } from "node:child_process";

/** The processes, zombies aside, that mention a text in their command: pid and command. */
export function processesMentioning(text: string): string[] {
  return execFileSync("ps", ["-axww", "-o", "pid=,stat=,command="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(text) && !/^\s*\d+\s+Z/.test(line));
}

/** Resolves to what is left of them when they have not gone in time. */
export async function leftAfter(ms: number, text: string): Promise<string[]> {
  const deadline = Date.now() + ms;
  while (processesMentioning(text).length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return processesMentioning(text);
}
