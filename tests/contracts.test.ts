import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import {
  type ApiDocument,
  apiDocuments,
  describeOperation,
  type Operation,
  operationsIn,
} from "./support/api-operations.ts";
import { isProblem } from "./support/problem-document.ts";
import { promisedEndpoints } from "./support/promised-endpoints.ts";
import { nonsense, variationsOf, wrongValues } from "./support/nonsense.ts";
import { readBooks } from "./support/books.ts";
import { unsettled } from "./support/ledger.ts";
import { createRawRequests, type RawAnswer, type RawRequests } from "./support/raw-requests.ts";
import { givenSamples, type Samples } from "./support/samples.ts";
import { serviceTable } from "./support/service-table.ts";
import { storedState } from "./support/stored-state.ts";
import { startWholeMall, type WholeMall } from "./support/whole-mall.ts";

let mall: WholeMall;
let requests: RawRequests;
let documents: Map<string, ApiDocument>;
let operations: Operation[];
let samples: Samples;

beforeAll(async () => {
  mall = await startWholeMall();
  requests = createRawRequests(mall);
  documents = await apiDocuments(mall);
  operations = operationsIn(documents);
  samples = await givenSamples(mall, requests);
  await eventually(async () => expect(unsettled(await readBooks(mall))).toEqual([]));
}, 90_000);
afterAll(async () => {
  await requests.close();
  await mall.stop();
});

const isGet = ({ method }: Operation) => method === "GET";
const takesJson = ({ bodyType }: Operation) => bodyType === "application/json";
const takesForm = ({ bodyType }: Operation) => bodyType === "application/x-www-form-urlencoded";
const takesEvents = ({ service }: Operation) =>
  serviceTable.some(({ delivers }) => delivers.includes(service));
const named = (operation: Operation, what: string, answer: RawAnswer) =>
  `${describeOperation(operation)} with ${what}: ${answer.status} ${answer.type} ${answer.text.slice(0, 200)}`;

/** What the operation needs beside its path and body, so that nothing but these is wrong with a request. */
const headersOf = ({ service }: Operation, bodyType = "application/json") => ({
  "content-type": bodyType,
  ...(service === "checkout" && { "idempotency-key": randomUUID() }),
  ...(service === "frontend" && { cookie: samples.cookie, "sec-fetch-site": "same-origin" }),
});

/** Runs what must leave every table of every service as it was. */
async function changingNothing<T>(work: () => Promise<T>): Promise<T> {
  const before = await storedState(mall);
  expect(Object.keys(before).length).toBeGreaterThan(20);
  const result = await work();
  expect(await storedState(mall)).toEqual(before);
  return result;
}

describe.each(serviceTable.map(({ name }) => name))("%s", (name) => {
  test("describes its endpoints, those that are promised among them, in OpenAPI 3.1", () => {
    const document = documents.get(name);
    expect(document?.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document?.info.title).toBe(name);
    const described = operations
      .filter(({ service }) => service === name)
      .map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
    expect(described).toEqual(
      expect.arrayContaining([...(promisedEndpoints[name] ?? ["nothing is promised"])]),
    );
  });

  test("says that it lives, that it is ready, and how it fares", async () => {
    const get = (path: string) => requests.send(name, { method: "GET", path });
    const [alive, ready, metrics] = await Promise.all([get("/healthz"), get("/readyz"), get("/metrics")]);
    expect([alive.status, ready.status, metrics.status]).toEqual([200, 200, 200]);
    expect([JSON.parse(alive.text), JSON.parse(ready.text)]).toEqual([
      { status: "alive" },
      { status: "ready" },
    ]);
    expect(metrics.type).toBe("application/openmetrics-text");
    expect(metrics.text).toContain("http_server_request_duration_seconds");
    expect(metrics.text.endsWith("# EOF\n")).toBe(true);
  });
});

describe("reading", () => {
  test("takes no body anywhere", () => {
    const reading = operations.filter(isGet);
    expect(reading.length).toBeGreaterThan(30);
    expect(reading.filter(({ bodyType }) => bodyType).map(describeOperation)).toEqual([]);
  });

  test("works with real parameters and changes nothing, by GET and by HEAD", async () => {
    const reading = operations.filter(isGet);
    const answers = await changingNothing(() =>
      Promise.all(
        reading.flatMap((operation) =>
          ["GET", "HEAD"].map(async (method) => {
            const path = samples.pathOf(operation) + samples.queryOf(operation);
            const answer = await requests.send(operation.service, {
              method,
              path,
              headers: { cookie: samples.cookie },
            });
            return answer.status === 200 ? [] : [named(operation, `${method} ${path}`, answer)];
          }),
        ),
      ),
    );
    expect(answers.flat()).toEqual([]);
  });

  test("of what is there to be changed is refused or declared, and changes nothing", async () => {
    const declared = new Set(operations.filter(isGet).map(describeOperation));
    const changing = operations.filter((operation) => !isGet(operation));
    expect(changing.length).toBeGreaterThan(25);
    const answers = await changingNothing(() =>
      Promise.all(
        changing.map(async (operation) => {
          const { status, ...answer } = await requests.send(operation.service, {
            method: "GET",
            path: `${samples.pathOf(operation)}?_method=${operation.method}&quantity=1`,
            headers: { cookie: samples.cookie, "x-http-method-override": operation.method },
          });
          const mayAnswer = declared.has(describeOperation({ ...operation, method: "GET" }));
          const accepted = mayAnswer ? status < 500 : status === 404 || status === 405;
          return accepted ? [] : [named(operation, "GET", { status, ...answer })];
        }),
      ),
    );
    expect(answers.flat()).toEqual([]);
  });
});

interface Refusal {
  what: string;
  body: string;
  bodyType?: string;
  status: number;
  /** The field that must be named; any one when it is left out. */
  field?: string;
}

const huge = 10_000_000;

describe("a body", () => {
  const problems = async (operation: Operation, { what, body, bodyType, status, field }: Refusal) => {
    const answer = await requests.send(operation.service, {
      method: operation.method,
      path: samples.pathOf(operation),
      headers: headersOf(operation, bodyType ?? operation.bodyType),
      body,
    });
    return isProblem(answer, status, field) ? [] : [named(operation, what, answer)];
  };

  const refusalsOf = (kind: (operation: Operation) => boolean, refusals: readonly Refusal[]) =>
    changingNothing(async () => {
      const taking = operations.filter(kind);
      expect(taking.length).toBeGreaterThan(6);
      const found = taking.flatMap((operation) => refusals.map((refusal) => problems(operation, refusal)));
      return (await Promise.all(found)).flat();
    });

  test("of JSON that cannot be used is refused by a problem that names the field, and nothing changes", async () => {
    const refused = await refusalsOf(takesJson, [
      { what: "malformed JSON", body: '{"quantity": ', status: 400, field: "body" },
      { what: "a number", body: "7", status: 400, field: "body" },
      { what: "text", body: "hello", bodyType: "text/plain", status: 415, field: "content-type" },
      { what: "10 MB", body: JSON.stringify({ huge: "x".repeat(huge) }), status: 413, field: "body" },
      { what: "an empty object", body: "{}", status: 422 },
      { what: "a list", body: "[]", status: 422, field: "body" },
    ]);
    expect(refused).toEqual([]);
  });

  test("with a field that nobody knows is refused, and nothing else in it is", async () => {
    // Events are the exception: during a canary their sender may be newer than who takes them.
    const strict = operations.filter((operation) => takesJson(operation) && !takesEvents(operation));
    const answers = await changingNothing(() =>
      Promise.all(
        strict.map(async (operation) => {
          const { status, text } = await requests.send(operation.service, {
            method: operation.method,
            path: samples.pathOf(operation),
            headers: headersOf(operation),
            body: JSON.stringify({ ...samples.bodyOf(operation), surprise: 1 }),
          });
          const { errors = [] } = JSON.parse(text) as { errors?: { field: string }[] };
          return `${describeOperation(operation)}: ${status} ${errors.map(({ field }) => field).join()}`;
        }),
      ),
    );
    expect(answers).toEqual(strict.map((operation) => `${describeOperation(operation)}: 422 surprise`));
  });

  test("of a form that cannot be used is refused in the same way", async () => {
    const refused = await refusalsOf(takesForm, [
      { what: "JSON", body: "{}", bodyType: "application/json", status: 415, field: "content-type" },
      { what: "10 MB", body: `name=${"x".repeat(huge)}`, status: 413, field: "body" },
    ]);
    expect(refused).toEqual([]);
  });
});

test("the storefront takes no form that another site has made the browser post", async () => {
  const posts = operations.filter(({ service, method }) => service === "frontend" && method === "POST");
  expect(posts.length).toBeGreaterThan(8);
  const accepted = await changingNothing(() =>
    Promise.all(
      posts.flatMap((operation) =>
        [{ "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }, {}].map(
          async (from) => {
            const answer = await requests.send("frontend", {
              method: "POST",
              path: samples.pathOf(operation),
              headers: {
                "content-type": "application/x-www-form-urlencoded",
                cookie: samples.cookie,
                ...from,
              },
              body: "quantity=1",
            });
            return isProblem(answer, 403, null) ? [] : [named(operation, JSON.stringify(from), answer)];
          },
        ),
      ),
    ),
  );
  expect(accepted.flat()).toEqual([]);
});

describe("nonsense", () => {
  interface Attempt {
    operation: Operation;
    what: string;
    path: string;
    body?: string;
  }

  /** Those that were answered by a failure of the server, or refused by anything but a problem. */
  async function faultsAmong(attempts: readonly Attempt[]): Promise<string[]> {
    const answered = attempts.map(async ({ operation, what, path, body }) => {
      const { method, bodyType, service } = operation;
      const usualBody = bodyType && (takesForm(operation) ? "quantity=1" : "{}");
      const sent = body ?? usualBody;
      const headers = headersOf(operation, bodyType);
      const answer = await requests.send(service, { method, path, headers, ...(sent && { body: sent }) });
      const honest = answer.status < 400 || isProblem(answer, answer.status, null) || isPage(service, answer);
      return answer.status < 500 && honest ? [] : [named(operation, what, answer)];
    });
    return (await Promise.all(answered)).flat();
  }

  test("in the path is never the server's fault", async () => {
    const attempts = operations.flatMap((operation) =>
      operation.pathParameters.flatMap((name) =>
        nonsense.map((value) => ({
          operation,
          what: `${name}=${value.slice(0, 40)}`,
          path: samples.pathOf(operation, { [name]: value }) + samples.queryOf(operation),
        })),
      ),
    );
    expect(attempts.length).toBeGreaterThan(300);
    expect(await faultsAmong(attempts)).toEqual([]);
  });

  test("in the query is never the server's fault", async () => {
    const attempts = operations.flatMap((operation) =>
      operation.queryParameters.flatMap(({ name }) =>
        nonsense.map((value) => ({
          operation,
          what: `${name}=${value.slice(0, 40)}`,
          path: samples.pathOf(operation) + samples.queryWith(operation, name, value),
        })),
      ),
    );
    expect(attempts.length).toBeGreaterThan(300);
    expect(await faultsAmong(attempts)).toEqual([]);
  });

  test("in any field of a body is never the server's fault", async () => {
    const attempts = operations.filter(takesJson).flatMap((operation) =>
      variationsOf(samples.bodyOf(operation), wrongValues).map((body) => ({
        operation,
        what: JSON.stringify(body).slice(0, 500),
        path: samples.pathOf(operation),
        body: JSON.stringify(body),
      })),
    );
    expect(attempts.length).toBeGreaterThan(500);
    expect(await faultsAmong(attempts)).toEqual([]);
  });
});

/** A form of the storefront's that is shown again, with what is wrong in it. */
const isPage = (service: string, { status, type }: RawAnswer): boolean =>
  service === "frontend" && status === 422 && type === "text/html";
