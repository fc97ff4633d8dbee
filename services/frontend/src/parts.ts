import { currentRequest, type HttpClient } from "@mall/kit";

/** The services that the shop is made of, as far as a page may have to say that one of them is missing. */
export type Part =
  "product" | "search" | "ad" | "cart" | "checkout" | "currency" | "purchase" | "shipping" | "info";

const failedPart = new WeakMap<object, Part>();
/** What each request is waiting for. */
const awaited = new WeakMap<object, Set<Part>>();

/** Does the work, and remembers on behalf of `missingPart` whose it is. */
export async function workOf<T>(part: Part, work: () => Promise<T>): Promise<T> {
  const request = currentRequest();
  const waiting = request && (awaited.get(request) ?? new Set<Part>());
  if (request && waiting) awaited.set(request, waiting.add(part));
  try {
    const result = await work();
    waiting?.delete(part);
    return result;
  } catch (error) {
    if (error instanceof Error) failedPart.set(error, part);
    waiting?.delete(part);
    throw error;
  }
}

export const clientOf = (part: Part, http: HttpClient): HttpClient => ({
  ...http,
  request: (call) => workOf(part, () => http.request(call)),
});

/** Who is to blame for an error: whoever failed, or whom the request was waiting for when its time ran out. */
export function missingPart(error: unknown): Part | undefined {
  const failed = error instanceof Error ? failedPart.get(error) : undefined;
  const request = currentRequest();
  return failed ?? (request && awaited.get(request)?.values().next().value);
}
