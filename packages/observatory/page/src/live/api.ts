import type { FaultChange, Faults, ImportResult, Problem } from "../../../src/api-types.ts";

/** What the observatory answered instead, or that it did not answer (`status` 0). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly evicted: boolean;

  constructor(
    title: string,
    detail: string,
    { status = 0, evicted = false, cause }: { status?: number; evicted?: boolean; cause?: unknown } = {},
  ) {
    super(detail === "" ? title : `${title}: ${detail}`, { cause });
    this.status = status;
    this.evicted = evicted;
  }
}

export const toProblem = (cause: unknown): ApiProblem =>
  cause instanceof ApiProblem
    ? cause
    : new ApiProblem("No answer", "The observatory cannot be reached. Is it running?", { cause });

/** @throws {ApiProblem}, or what `fetch` throws when there is no connection or the request is aborted */
export async function getJson<Body>(address: string, signal?: AbortSignal): Promise<Body> {
  const options = signal === undefined ? {} : { signal };
  let response = await fetch(address, options);
  // A connection that the browser had opened in advance, and that was given up as it was used: one may ask again.
  if (response.status === 408) response = await fetch(address, options);
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Body;
}

export const switchFault = (change: FaultChange): Promise<Faults> =>
  sendJson<Faults>("PUT", "/api/faults", JSON.stringify(change));

/** An OTLP JSON file, as the export writes it. */
export const importTrace = (file: string): Promise<ImportResult> =>
  sendJson<ImportResult>("POST", "/api/traces", file);

async function sendJson<Body>(method: string, address: string, body: string): Promise<Body> {
  const response = await fetch(address, { method, body, headers: { "content-type": "application/json" } });
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Body;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const problem: Partial<Problem> = await response.json().catch(() => ({}));
  const { title = `Status ${response.status}`, detail = "", evicted = false } = problem;
  return new ApiProblem(title, detail, { status: response.status, evicted });
}
