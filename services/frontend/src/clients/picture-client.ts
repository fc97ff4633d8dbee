import { BadGateway, DeadlineExceeded, remainingMs, Unavailable } from "@mall/kit";

const timeoutMs = 2_000;

/** The picture `file` of the product service as SVG text; undefined when there is none. Throws as the kit's client. */
export async function fetchPicture(productUrl: string, file: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(Math.max(1, Math.min(timeoutMs, remainingMs())));
  try {
    const answer = await fetch(new URL(`/images/${encodeURIComponent(file)}`, productUrl), { signal });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new BadGateway(`product failed with ${answer.status}.`);
    return await answer.text();
  } catch (error) {
    if (error instanceof BadGateway) throw error;
    if (signal.aborted) throw new DeadlineExceeded("product did not answer in time.", error);
    throw new Unavailable("product cannot be reached.", { cause: error });
  }
}
