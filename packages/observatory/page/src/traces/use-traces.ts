import type { TraceList } from "../../../src/api-types.ts";
import { useAnswer, type Answer } from "../live/use-answer.ts";

const EVERY_MS = 1_500;

/** Searches again and again, as new traces keep arriving. */
export const useTraces = (filters: URLSearchParams): Answer<TraceList> =>
  useAnswer<TraceList>(`/api/traces?${filters.toString()}`, { everyMs: EVERY_MS });
