import { z } from "zod";

/** What every service reads from its environment. */
export const commonConfig = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65535),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** How long one statement of a migration may take; 0 for as long as it needs. Milliseconds. */
  MIGRATION_STATEMENT_TIMEOUT_MS: z.coerce.number().int().nonnegative().default(0),
  /** How long a migration waits for tables that others are using. Milliseconds. */
  MIGRATION_LOCK_WAIT_MS: z.coerce.number().int().nonnegative().default(60_000),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  FAULTS_FILE: z.string().optional(),
  /** Between "not ready" and the end of listening, so that routers can notice. Milliseconds. */
  DRAIN_DELAY_MS: z.coerce.number().int().nonnegative().default(0),
  /** How long requests under way may still take at shutdown. Milliseconds. */
  SHUTDOWN_TIMEOUT_MS: z.coerce.number().int().positive().default(2_000),
});

export type CommonConfig = z.output<typeof commonConfig>;
/** The limits of a migration, for `migrateDatabase`. */
export const migrationLimits = (
  config: Pick<CommonConfig, "MIGRATION_STATEMENT_TIMEOUT_MS" | "MIGRATION_LOCK_WAIT_MS">,
) => ({
  statementMs: config.MIGRATION_STATEMENT_TIMEOUT_MS,
  lockWaitMs: config.MIGRATION_LOCK_WAIT_MS,
});

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment once; an empty variable counts as unset. Throws one sentence that names every variable that
 * is missing or wrong.
 */
export function parseConfig<S extends z.ZodType>(schema: S, environment: Environment): z.output<S> {
  const set = Object.entries(environment).filter(([, value]) => value !== "");
  const result = schema.safeParse(Object.fromEntries(set));
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `${path.join(".")} (${message})`);
  throw new Error(`Set these environment variables correctly: ${wrong.join(", ")}.`);
}
