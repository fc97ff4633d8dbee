import { z } from "zod";
import { entriesOf } from "./comma-separated.ts";
import { parseTargets, type Target } from "./metrics/target.ts";

/** A name as it stands in a Host header, without a port. */
const hostName = z
  .string()
  .toLowerCase()
  .regex(
    /^[a-z\d]([a-z\d.-]*[a-z\d])?$/,
    "must be host names separated by commas, without ports or wildcards",
  );

const EVERY_INTERFACE = "0.0.0.0";

const schema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4318),
    /** Loopback: telemetry tells much, and there is no login. A container has no other way in than 0.0.0.0. */
    HOST: z.enum(["127.0.0.1", "::1", "localhost", EVERY_INTERFACE]).default("127.0.0.1"),
    ALLOWED_HOSTS: z.string().default("").transform(entriesOf).pipe(z.array(hostName)),
    FAULTS_FILE: z.string().min(1).optional(),
    METRICS_TARGETS: z.string().default(""),
    RULES_FILE: z.string().min(1).optional(),
  })
  .refine(({ HOST, ALLOWED_HOSTS }) => HOST !== EVERY_INTERFACE || ALLOWED_HOSTS.length > 0, {
    path: ["HOST"],
    message: "0.0.0.0 needs ALLOWED_HOSTS: the names by which the observatory may be called from elsewhere",
  });

export type Config = {
  readonly port: number;
  readonly host: string;
  /** Besides the loopback names. */
  readonly allowedHosts: readonly string[];
  readonly faultsFile: string | null;
  readonly targets: readonly Target[];
  /** Null for the mall's own. */
  readonly rulesFile: string | null;
};

/** @throws {Error} naming the variable that is wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error), { cause: parsed.error });
  const { PORT, HOST, ALLOWED_HOSTS, FAULTS_FILE, METRICS_TARGETS, RULES_FILE } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    allowedHosts: ALLOWED_HOSTS,
    faultsFile: FAULTS_FILE ?? null,
    targets: parseTargets(METRICS_TARGETS),
    rulesFile: RULES_FILE ?? null,
  };
}
