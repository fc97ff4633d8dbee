import pc from "picocolors";

const began = performance.now();

/** Seconds since the command began. */
export const elapsed = (): number => (performance.now() - began) / 1000;

export function say(text: string): void {
  process.stderr.write(`${pc.dim(`${elapsed().toFixed(1).padStart(7)} s`)}  ${text}\n`);
}

/** Says what begins, and what it took. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  say(`${pc.green("✓")} ${what} ${pc.dim(`(${((performance.now() - start) / 1000).toFixed(1)} s)`)}`);
  return result;
}
