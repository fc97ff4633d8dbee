import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { InvalidArgumentError } from "commander";
import { projectRoot } from "../journey/bench-mall.ts";

export function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("Give a number above 0.");
  return number;
}

export const positiveList = (text: string): number[] => text.split(",").map(positive);

export const note = (line: string): void => void process.stderr.write(`${line}\n`);

/** Where reports lie unless somebody says otherwise. */
export const reportFile = (name: string): string => join(projectRoot, ".mall/reports", name);

/** Writes a report, its folder too, and says where it is. */
export function writeReport(file: string, contents: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
  note(`Written: ${relative(process.cwd(), file)}`);
}

export const toJson = (results: unknown): string => `${JSON.stringify(results, undefined, 2)}\n`;

/** The mall's data of one benchmark, in a folder that is gone afterwards. */
export async function withState<T>(bench: (stateDir: string) => Promise<T>): Promise<T> {
  const stateDir = await mkdtemp(join(tmpdir(), "mall-bench-"));
  try {
    return await bench(stateDir);
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}
