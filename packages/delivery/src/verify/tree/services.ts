import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { z } from "zod";
import { DeliveryError } from "../../delivery-error.ts";

const mallKey = z.object({
  port: z.int(),
  database: z.boolean(),
  calls: z.array(z.string()),
  delivers: z.array(z.string()).default([]),
});

/** What a service's own code says of it: the `mall` key of its package.json, and the schema of its environment. */
export interface ServiceDeclaration extends z.infer<typeof mallKey> {
  readonly name: string;
  readonly variables: readonly Variable[];
}

export interface Variable {
  readonly name: string;
  /** Why the service would refuse this value; undefined asks about its absence. */
  readonly refusal: (value: string | undefined) => string | undefined;
}

const commonConfigFile = "packages/kit/src/service/config.ts";

/**
 * Every service of `services/`, from its source: nothing needs to be built.
 * Throws a DeliveryError for a service whose `mall` key or `src/config.ts` cannot be read.
 */
export function readServices(root: string): ServiceDeclaration[] {
  if (!existsSync(join(root, "services"))) throw new DeliveryError(`There is no folder services in ${root}.`);
  const common = variablesOf(root, commonConfigFile, "commonConfig");
  return readdirSync(join(root, "services"))
    .toSorted()
    .flatMap((name) => {
      const file = join(root, "services", name, "package.json");
      if (!existsSync(file)) return [];
      const { mall } = JSON.parse(readFileSync(file, "utf8")) as { mall?: unknown };
      if (mall === undefined) return [];
      const { data, error } = mallKey.safeParse(mall);
      if (!data)
        throw new DeliveryError(`services/${name}/package.json has a wrong "mall" key: ${error.message}`);
      const own = variablesOf(root, `services/${name}/src/config.ts`, "config");
      return [{ ...data, name, variables: [...common, ...own] }];
    });
}

/** The variables of a zod object that a source file of the repository exports. */
function variablesOf(root: string, file: string, exported: string): Variable[] {
  const schema = load(root, file)[exported];
  if (!isObjectSchema(schema)) throw new DeliveryError(`${file} exports no zod object named "${exported}".`);
  return Object.entries(schema.shape).map(([name, type]) => ({
    name,
    refusal: (value) => type.safeParse(value).error?.issues[0]?.message,
  }));
}

// A path that is known only now: `require` takes it on every system, and Node reads TypeScript by itself.
const requireHere = createRequire(import.meta.url);

function load(root: string, file: string): Record<string, unknown> {
  try {
    return requireHere(join(root, file)) as Record<string, unknown>;
  } catch (cause) {
    throw new DeliveryError(`${file} cannot be loaded: ${String(cause).split("\n")[0]}`, { cause });
  }
}

const isObjectSchema = (schema: unknown): schema is z.ZodObject<Record<string, z.ZodType>> =>
  typeof schema === "object" && schema !== null && "shape" in schema;
