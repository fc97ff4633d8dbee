import pc from "picocolors";

const began = performance.now();

const secondsSince = (start: number): string => ((performance.now() - start) / 1000).toFixed(1);

export function say(text: string): void {
  process.stderr.write(`${pc.dim(`${secondsSince(began).padStart(7)} s`)}  ${text}\n`);
}

/** Says what begins, and what it took. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  say(`${pc.green("✓")} ${what} ${pc.dim(`(${secondsSince(start)} s)`)}`);
  return result;
}
