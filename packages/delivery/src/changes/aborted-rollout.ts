import { z } from "zod";
import { DeliveryError } from "../delivery-error.ts";
import { environments, localEnvironment } from "../release/leaves.ts";

/** Written by a cluster about what a service did: no line of it may become markup, a mention or a second line. */
const plain = z.union([z.string(), z.number(), z.boolean()]).transform((value) =>
  String(value)
    .replace(/[\s\p{Cc}`]+/gu, " ")
    .trim()
    .slice(0, 300),
);

const measurement = z.object({
  metric: plain,
  value: plain.optional(),
  limit: plain.optional(),
  phase: plain.optional(),
  message: plain.optional(),
});

const abortedRollout = z
  .object({
    service: z.string().regex(/^[a-z][a-z0-9-]*$/),
    environment: z.enum([...environments, localEnvironment]),
    /** The source commit of the release that failed: the image's tag. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional(),
    /** Or the commit of this repository that could not be synced. */
    revision: z
      .string()
      .regex(/^[0-9a-f]{40}$/)
      .optional(),
    message: plain.optional(),
    analysis: z.array(measurement).max(50).default([]),
    traceIds: z
      .array(z.string().regex(/^[0-9a-f]{32}$/))
      .max(20)
      .default([]),
  })
  .refine(({ commit, revision }) => commit ?? revision, { error: "it needs a commit or a revision" });

/** What the cluster sends when a release failed there: the `client_payload` of the repository_dispatch event. */
export type AbortedRollout = z.infer<typeof abortedRollout>;

/** Reads the event's JSON. Throws a DeliveryError that names what is wrong with it. */
export function parseAbortedRollout(json: string): AbortedRollout {
  let event: unknown;
  try {
    event = JSON.parse(json);
  } catch {
    throw new DeliveryError("The event is not JSON.");
  }
  const { success, data, error } = abortedRollout.safeParse(event);
  if (!success) throw new DeliveryError(`The event is not an aborted rollout: ${z.prettifyError(error)}`);
  return data;
}
