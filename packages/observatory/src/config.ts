import { z } from "zod";

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4318),
  /** Loopback only: telemetry tells much, and there is no login. */
  HOST: z.enum(["127.0.0.1", "::1", "localhost"]).default("127.0.0.1"),
  FAULTS_FILE: z.string().min(1).optional(),
});

export type Config = { readonly port: number; readonly host: string; readonly faultsFile: string | null };

/** @throws {Error} naming the variable that is wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error), { cause: parsed.error });
  const { PORT, HOST, FAULTS_FILE } = parsed.data;
  return { port: PORT, host: HOST, faultsFile: FAULTS_FILE ?? null };
}
