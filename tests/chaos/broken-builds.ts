import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { bundling } from "../../packages/kit/bundling.mjs";

interface Breakage {
  /** What is taken away, and so what the books must show. */
  description: string;
  /** Exact pieces of checkout's source, by file, and what takes their place. */
  edits: readonly { file: string; from: string; to: string }[];
}

/** Checkout without one of the things that keep orders right: a ledger check that does not find these finds nothing. */
export const breakages = {
  idempotency: {
    description: "a repeated request is a new order",
    edits: [
      {
        file: "placing/idempotency.ts",
        from: "for (let pollMs = firstPollMs; ;",
        to: "if (requestHash) { const { status, body } = await work(); return { status, body }; }\nfor (let pollMs = firstPollMs; ;",
      },
      { file: "placing/place-order.ts", from: "if (already) return already;", to: "" },
      {
        file: "placing/place-order.ts",
        from: "newOrder(request, quote, idempotencyKey)",
        to: "newOrder(request, quote, randomUUID())",
      },
    ],
  },
  outbox: {
    description: "events are written some time after the order's transaction, and get lost in between",
    edits: [
      {
        file: "saga/saga.ts",
        from: "await events.record(trx, changed);",
        to: "setTimeout(() => void orders.transaction((later) => events.record(later, changed)).catch(() => {}), 500);",
      },
    ],
  },
  compensation: {
    description: "an order that fails is cancelled, and nothing is undone",
    edits: [
      {
        file: "saga/saga.ts",
        from: "for (const step of steps.slice(0, last + 1).toReversed()) {",
        to: "for (const step of steps.slice(0, 0)) {",
      },
    ],
  },
} satisfies Record<string, Breakage>;

export type BreakageName = keyof typeof breakages;

const source = join(import.meta.dirname, "../../services/checkout/src");
const service = join(source, "../dist/service.mjs");

/** Bundles a broken checkout beside the good one; resolves with the program. @throws {Error} when the source has changed */
export async function buildBroken(name: BreakageName): Promise<string> {
  const outfile = service.replace("service.mjs", `broken-${name}.mjs`);
  await build({
    entryPoints: [join(source, "main.ts")],
    outfile,
    ...bundling,
    plugins: [
      {
        name: "break",
        setup({ onLoad }) {
          const files = Map.groupBy(breakages[name].edits, ({ file }) => join(source, file));
          onLoad({ filter: /checkout\/src\/.*\.ts$/ }, async ({ path }) => {
            const edits = files.get(path);
            if (!edits) return undefined;
            let contents = await readFile(path, "utf8");
            for (const { file, from, to } of edits) {
              if (!contents.includes(from)) throw new Error(`${file} has changed: it has no "${from}"`);
              contents = contents.replace(from, to);
            }
            return { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  return outfile;
}
