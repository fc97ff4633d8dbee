import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { limits } from "../otlp/limits.ts";
import { HttpProblem } from "./problem.ts";

const inflate = promisify(gunzip);

const tooLarge = (what: string, bytes: number): HttpProblem =>
  new HttpProblem(
    413,
    "Too large",
    `${what} may have at most ${bytes / 1024 / 1024} MB. Send smaller batches.`,
    {
      headers: { connection: "close" },
    },
  );

/**
 * What a body will take, for reserving room before it is read; 0 for one that does not say. OpenTelemetry's SDK never
 * does, and room for the longest there may be would turn the ninth of its requests away.
 */
export function announcedBytes({ headers }: IncomingMessage): number {
  const announced = Number(headers["content-length"] ?? 0);
  if (announced > limits.bodyBytes) throw tooLarge("A request", limits.bodyBytes);
  return announced;
}

/**
 * @param onUnannounced told of bytes that were not announced, before they are kept; may throw
 * @throws {HttpProblem} 413, or 400 when the sender goes away.
 */
export async function readBody(
  request: IncomingMessage,
  onUnannounced: (bytes: number) => void = () => undefined,
): Promise<Buffer> {
  const announced = announcedBytes(request);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limits.bodyBytes) throw tooLarge("A request", limits.bodyBytes);
      if (bytes > announced) onUnannounced(chunk.length);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HttpProblem) throw cause;
    throw new HttpProblem(400, "Incomplete request", "The body ended before its announced length.", {
      cause,
    });
  }
  return Buffer.concat(chunks, bytes);
}

/** The body without its gzip. Inflating stops at the limit, so a bomb is never unpacked. */
export async function decompress(body: Buffer, { headers }: IncomingMessage): Promise<Buffer> {
  const encoding = headers["content-encoding"] ?? "identity";
  if (encoding === "identity") return body;
  if (encoding !== "gzip") {
    throw new HttpProblem(415, "Unsupported encoding", "Send gzip or no content encoding.");
  }
  try {
    return await inflate(body, { maxOutputLength: limits.inflatedBytes });
  } catch (cause) {
    if (hasCode(cause, "ERR_BUFFER_TOO_LARGE")) throw tooLarge("An unpacked request", limits.inflatedBytes);
    throw new HttpProblem(400, "Broken gzip", "The body is not valid gzip.", { cause });
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === code;

/** @throws {HttpProblem} 400 */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch (cause) {
    throw new HttpProblem(400, "Not JSON", "The body is not valid JSON.", { cause });
  }
}
