import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { z } from "zod";
import type { FaultFlag } from "../api-types.ts";

/** flagd's format; what is not read here is kept as it is. */
const flagSchema = z.looseObject({
  state: z.enum(["ENABLED", "DISABLED"]),
  variants: z.record(z.string(), z.unknown()),
  defaultVariant: z.string(),
  metadata: z.looseObject({ description: z.string().optional(), lookAt: z.string().optional() }).optional(),
});
const fileSchema = z.looseObject({ flags: z.record(z.string(), flagSchema) });

type Flag = z.infer<typeof flagSchema>;

export class UnknownFlag extends Error {}
export class UnknownVariant extends Error {}

export type FaultFile = ReturnType<typeof createFaultFile>;

/** The file that every service reads its faults from. */
export function createFaultFile(path: string) {
  let lastChange: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<z.infer<typeof fileSchema>> =>
    fileSchema.parse(JSON.parse(await readFile(path, "utf8")));

  async function change(key: string, variant: string): Promise<void> {
    const file = await read();
    const flag = Object.hasOwn(file.flags, key) ? file.flags[key] : undefined;
    if (flag === undefined) throw new UnknownFlag(`There is no flag ${key}.`);
    if (!Object.hasOwn(flag.variants, variant)) {
      throw new UnknownVariant(`${key} has only the variants ${Object.keys(flag.variants).join(", ")}.`);
    }
    const changed: Flag = { ...flag, state: "ENABLED", defaultVariant: variant };
    await replace({ ...file, flags: { ...file.flags, [key]: changed } });
  }

  /** By rename in the same folder: a service that reads at any moment sees a whole file, the old or the new. */
  async function replace(content: unknown): Promise<void> {
    const temporary = `${path}.${randomUUID()}.tmp`;
    try {
      await writeFile(temporary, `${JSON.stringify(content, null, 2)}\n`);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  return {
    /** @throws when the file cannot be read or is not flagd's format */
    flags: async (): Promise<FaultFlag[]> =>
      Object.entries((await read()).flags).map(([key, flag]) => describe(key, flag)),

    /** One change after the other, so that two switches at once are both set. @throws UnknownFlag, UnknownVariant */
    set(key: string, variant: string): Promise<void> {
      const turn = lastChange.then(() => change(key, variant));
      lastChange = turn.catch(() => undefined);
      return turn;
    },
  };
}

function describe(key: string, { state, variants, defaultVariant, metadata }: Flag): FaultFlag {
  const off = offVariant(variants) ?? defaultVariant;
  const enabled = state === "ENABLED";
  return {
    key,
    enabled,
    variants: Object.keys(variants),
    current: defaultVariant,
    off,
    on: enabled && defaultVariant !== off,
    description: metadata?.description ?? "",
    lookAt: metadata?.lookAt ?? "",
  };
}

/** The one called "off", or the first whose value does nothing. */
function offVariant(variants: Flag["variants"]): string | undefined {
  const names = Object.keys(variants);
  return names.includes("off")
    ? "off"
    : names.find((name) => variants[name] === 0 || variants[name] === false);
}
