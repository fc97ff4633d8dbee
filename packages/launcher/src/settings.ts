import { resolve } from "node:path";
import { z } from "zod";
import { LaunchError } from "./launch-error.ts";

const environment = z.object({
  /** Where data, logs and passwords are kept. */
  MALL_STATE_DIR: z.string().min(1).default(".mall"),
  /** Added to every port, so that several malls run side by side. */
  MALL_PORT_OFFSET: z.coerce.number().int().min(0).max(50_000).default(0),
  MALL_POSTGRES_PORT: z.coerce.number().int().min(1).max(65_535).default(5480),
  /** A PostgreSQL server to use in place of the embedded one; the role needs CREATEDB and CREATEROLE. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
});

export interface Settings {
  /** Absolute. */
  stateDir: string;
  portOffset: number;
  /** Without the offset. */
  postgresPort: number;
  databaseUrl: string | undefined;
}

/** Reads the environment; an empty variable counts as unset. Throws LaunchError naming the variable that is wrong. */
export function readSettings(root: string, env: NodeJS.ProcessEnv): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new LaunchError(`${issue?.path.join(".")} is wrong (${issue?.message}): correct or unset it.`);
  }
  const { MALL_STATE_DIR, MALL_PORT_OFFSET, MALL_POSTGRES_PORT, DATABASE_URL } = parsed.data;
  return {
    stateDir: resolve(root, MALL_STATE_DIR),
    portOffset: MALL_PORT_OFFSET,
    postgresPort: MALL_POSTGRES_PORT,
    databaseUrl: DATABASE_URL,
  };
}
