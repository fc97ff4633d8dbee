import { z } from "zod";
import type { Faults } from "../api-types.ts";
import { UnknownFlag, UnknownVariant, type FaultFile } from "../faults/fault-file.ts";
import { parseJson, readBody } from "./body.ts";
import { requireMediaType } from "./guard.ts";
import { HttpProblem } from "./problem.ts";
import { sendJson } from "./respond.ts";
import type { Exchange, Route } from "./router.ts";

const changeSchema = z.strictObject({
  flag: z.string().min(1).max(200),
  variant: z.string().min(1).max(200),
});

/** The fault switches. Without a file they exist, and say that there is none. */
export function createFaultRoutes(file: FaultFile | null): Route[] {
  const faults = async (): Promise<Faults> =>
    file === null ? { available: false, flags: [] } : { available: true, flags: await readFlags(file) };

  async function change({ request, response }: Exchange): Promise<void> {
    requireMediaType(request, ["application/json"]);
    const parsed = changeSchema.safeParse(parseJson(await readBody(request)));
    if (!parsed.success) {
      throw new HttpProblem(400, "Bad request", 'Send {"flag": "…", "variant": "…"}.', {
        cause: parsed.error,
      });
    }
    if (file === null)
      throw new HttpProblem(409, "No fault file", "Start the mall with a fault file (FAULTS_FILE).");
    await file.set(parsed.data.flag, parsed.data.variant).catch(rethrowAsProblem);
    sendJson(response, await faults());
  }

  return [
    {
      method: "GET",
      path: "/api/faults",
      handle: async ({ response }) => sendJson(response, await faults()),
    },
    { method: "PUT", path: "/api/faults", handle: change },
  ];
}

const readFlags = (file: FaultFile): ReturnType<FaultFile["flags"]> => file.flags().catch(rethrowAsProblem);

function rethrowAsProblem(cause: unknown): never {
  if (cause instanceof UnknownFlag) throw new HttpProblem(404, "Unknown flag", cause.message, { cause });
  if (cause instanceof UnknownVariant)
    throw new HttpProblem(422, "Unknown variant", cause.message, { cause });
  throw new HttpProblem(502, "Unreadable fault file", "The fault file is missing or not in flagd's format.", {
    cause,
  });
}
