// Since then modules can be instrumented by synchronous hooks, which tracing needs.
const oldest = [24, 11, 1] as const;

/** The sentence for a Node that cannot run the mall, or undefined for one that can. */
export function tooOld(version: string): string | undefined {
  const parts = version.split(".").map(Number);
  const at = oldest.findIndex((part, index) => part !== parts[index]);
  if (at === -1 || (parts[at] ?? 0) > (oldest[at] ?? 0)) return undefined;
  return `Node ${version} is too old, the mall needs ${oldest.join(".")} or newer: start it with \`npm start\`, which uses the Node that \`npm ci\` has installed, or install a newer one.`;
}
