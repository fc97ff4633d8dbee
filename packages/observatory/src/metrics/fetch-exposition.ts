/** Above what a service of the mall ever answers. */
const MOST_BYTES = 8 * 1024 * 1024;

export type FetchedExposition = {
  readonly text: string;
  readonly format: "openmetrics" | "prometheus";
};

/** Asks for a /metrics page. @throws {Error} when there is none in time, or it is none, or too long. */
export async function fetchExposition(url: string, timeoutMs: number): Promise<FetchedExposition> {
  const response = await fetch(url, {
    headers: { accept: "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5" },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`it answered ${response.status}`);
  }
  const type = response.headers.get("content-type") ?? "";
  return {
    text: await readBounded(response),
    format: type.startsWith("application/openmetrics-text") ? "openmetrics" : "prometheus",
  };
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error(`its answer is longer than ${MOST_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
