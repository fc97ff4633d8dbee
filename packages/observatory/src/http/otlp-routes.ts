import type { IncomingMessage } from "node:http";
import type { RequestCounts } from "../api-types.ts";
import { rpcStatus } from "../otlp/messages.ts";
import { announcedBytes, decompress, parseJson, readBody } from "./body.ts";
import { requireMediaType } from "./guard.ts";
import type { Signal } from "./otlp-signals.ts";
import { HttpProblem, toProblem } from "./problem.ts";
import { send, sendJson } from "./respond.ts";
import type { Exchange, Route } from "./router.ts";
import type { WorkQueue } from "./work-queue.ts";

const JSON_TYPE = "application/json";
const PROTOBUF_TYPE = "application/x-protobuf";
type Encoding = typeof JSON_TYPE | typeof PROTOBUF_TYPE;
type Taken = ReturnType<Signal["take"]>;

/** google.rpc.Code */
const INVALID_ARGUMENT = 3;
const UNAVAILABLE = 14;

/** OTLP/HTTP 1.x: answers in the encoding of the request, errors as google.rpc.Status. */
export function createOtlpRoutes({ signals, queue }: { signals: readonly Signal[]; queue: WorkQueue }) {
  const counts = { accepted: 0, overloaded: 0, refused: 0 };

  async function receive(signal: Signal, exchange: Exchange): Promise<void> {
    const encoding = requireMediaType(exchange.request, [JSON_TYPE, PROTOBUF_TYPE]);
    try {
      const taken = await takeIn(signal, exchange, encoding);
      counts.accepted += 1;
      sendAccepted(signal, exchange, encoding, taken);
    } catch (error) {
      sendRefused(exchange, encoding, toProblem(error));
    }
  }

  /** A place in the queue first: what cannot be worked on is not even read, or not to its end. */
  async function takeIn(signal: Signal, { request }: Exchange, encoding: Encoding): Promise<Taken> {
    const place = queue.enter(announcedBytes(request));
    if (place === null) throw overloaded();
    try {
      const body = await readBody(request, (bytes) => {
        if (!place.grow(bytes)) throw overloaded();
      });
      return await place.run(async () => take(signal, await decompress(body, request), encoding));
    } finally {
      place.leave();
    }
  }

  function sendRefused({ response }: Exchange, encoding: Encoding, problem: HttpProblem): void {
    if (problem.status >= 500 && problem.status !== 503) throw problem;
    counts[problem.status === 503 ? "overloaded" : "refused"] += 1;
    for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
    const code = problem.status === 503 ? UNAVAILABLE : INVALID_ARGUMENT;
    const status = { code, message: problem.message };
    if (encoding === JSON_TYPE) sendJson(response, status, { status: problem.status });
    else send(response, problem.status, PROTOBUF_TYPE, rpcStatus.encode(status).finish());
  }

  const routes: Route[] = signals.flatMap((signal) =>
    pathsOf(signal).map((path) => ({
      method: "POST",
      path,
      handle: (exchange) => receive(signal, exchange),
    })),
  );
  const paths = new Set(signals.flatMap(pathsOf));
  return {
    routes,
    /** For requests that were refused before they came here. */
    countRefused({ url = "" }: IncomingMessage): void {
      if (paths.has(url.replace(/\?.*$/, ""))) counts.refused += 1;
    },
    counts: (): RequestCounts => ({ ...counts, queued: queue.waiting() }),
  };
}

const pathsOf = ({ name }: Signal): string[] => [`/v1/${name}`, `/otlp/v1/${name}`];

const overloaded = (): HttpProblem =>
  new HttpProblem(503, "Overloaded", "More telemetry arrives than can be read. Send it again in a second.", {
    headers: { "retry-after": "1" },
  });

/** @throws {HttpProblem} 400 */
function take(signal: Signal, body: Buffer, encoding: Encoding): Taken {
  const request = encoding === JSON_TYPE ? parseJson(body) : parseProtobuf(signal, body);
  try {
    return signal.take(request);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new HttpProblem(400, "Not OTLP", cause.message, { cause });
  }
}

function parseProtobuf({ request }: Signal, body: Buffer): unknown {
  try {
    return request.decode(body);
  } catch (cause) {
    throw new HttpProblem(400, "Not OTLP", `The body is not an ${request.name} in protobuf.`, { cause });
  }
}

/** `partialSuccess` only when something was refused, as the specification asks. */
function sendAccepted(signal: Signal, { response }: Exchange, encoding: Encoding, taken: Taken): void {
  const partialSuccess = { [signal.rejectedField]: String(taken.rejected), errorMessage: taken.firstReason };
  const answer = taken.rejected === 0 ? {} : { partialSuccess };
  if (encoding === JSON_TYPE) sendJson(response, answer);
  else
    send(response, 200, PROTOBUF_TYPE, signal.response.encode(signal.response.fromObject(answer)).finish());
}
