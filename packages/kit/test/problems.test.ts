import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import request from "supertest";
import { z } from "zod";
import {
  BadGateway,
  BadRequest,
  Conflict,
  DeadlineExceeded,
  InvalidInput,
  NotFound,
  PaymentRefused,
  type Problem,
  Unavailable,
} from "../src/errors.ts";
import { ok, route } from "../src/http/route.ts";
import type { ServiceUnderTest } from "../src/testing/index.ts";
import { givenService } from "./support/given-service.ts";

const secret = "connect failed for user mall with password hunter2";
let toThrow: unknown;
let shop: ServiceUnderTest;

beforeAll(async () => {
  shop = await givenService(() => ({
    routes: [
      route({
        method: "get",
        path: "/failing",
        summary: "Throws what the test wants",
        answers: { 200: null },
        handle() {
          throw toThrow;
        },
      }),
      route({
        method: "get",
        path: "/failing-later",
        summary: "Rejects with what the test wants",
        answers: { 200: null },
        handle: () => Promise.reject(toThrow),
      }),
      route({
        method: "put",
        path: "/things/{id}",
        summary: "Takes a JSON body",
        params: z.object({ id: z.string() }),
        body: z.strictObject({ name: z.string() }),
        answers: { 200: z.object({ name: z.string() }) },
        handle: ({ body }) => ok(body),
      }),
      route({
        method: "post",
        path: "/forms",
        summary: "Takes a browser's form",
        bodyType: "form",
        body: z.strictObject({ name: z.string() }),
        answers: { 200: z.object({ name: z.string() }) },
        handle: ({ body }) => ok(body),
      }),
    ],
  }));
});
afterAll(() => shop.stop());

const api = () => request(shop.url);
async function answerTo(error: unknown, path = "/failing") {
  toThrow = error;
  return api().get(path);
}

describe("an error thrown on purpose is a problem document", () => {
  test.each<[Problem, number, string, string]>([
    [new BadRequest("Send a number."), 400, "bad-request", "Bad request"],
    [new InvalidInput("Choose fewer."), 422, "invalid-input", "Invalid input"],
    [new InvalidInput("Choose fewer.", [], "too-many"), 422, "too-many", "Invalid input"],
    [new PaymentRefused("card-declined", "Use another card."), 402, "card-declined", "Payment refused"],
    [new NotFound("There is none."), 404, "not-found", "Not found"],
    [new Conflict("sold-out", "Choose another."), 409, "sold-out", "Conflict"],
    [new BadGateway("It answered nonsense."), 502, "bad-gateway", "Bad gateway"],
    [new Unavailable("Come back later."), 503, "unavailable", "Service unavailable"],
    [new DeadlineExceeded("Too late."), 504, "deadline-exceeded", "Deadline exceeded"],
  ])("%s", async (error, status, code, title) => {
    const answer = await answerTo(error);

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body).toEqual({
      type: `urn:mall:problem:${code}`,
      title,
      status,
      detail: error.message,
      requestId: answer.headers["x-request-id"],
    });
  });

  test("names fields, carries further members, says when to come back, and keeps its cause to itself", async () => {
    const errors = [{ field: "lines.0.quantity", message: "is too large" }];
    const cause = new Error(secret);

    const refused = await answerTo(new InvalidInput("Choose fewer.", errors));
    const conflict = await answerTo(
      new Conflict("sold-out", "No.", { extensions: { products: ["a"] }, cause }),
    );
    const later = await answerTo(new Unavailable("No.", { cause, retryAfter: 7 }), "/failing-later");

    expect(refused.body.errors).toEqual(errors);
    expect(conflict.body.products).toEqual(["a"]);
    expect(later.headers["retry-after"]).toBe("7");
    expect(conflict.text + later.text).not.toContain("hunter2");
  });
});

describe("an error that nobody expected", () => {
  test.each<[string, unknown]>([
    ["an exception", new Error(secret)],
    ["a string", secret],
    ["undefined", undefined],
    ["an object that claims a status", { status: 200, message: secret }],
    ["a TypeError of the code", new TypeError(secret)],
  ])("%s is a 500 that tells nothing of it", async (_what, error) => {
    for (const path of ["/failing", "/failing-later"]) {
      const answer = await answerTo(error, path);

      expect(answer.status).toBe(500);
      expect(answer.type).toBe("application/problem+json");
      expect(answer.body.type).toBe("urn:mall:problem:internal");
      expect(answer.text).not.toContain("hunter2");
    }
  });
});

describe("a body that cannot be read", () => {
  const put = () => api().put("/things/1");

  test.each<[string, () => request.Test, number, string]>([
    ["malformed JSON", () => put().type("json").send('{"name": '), 400, "body"],
    ["JSON that is no object", () => put().type("json").send('"name"'), 400, "body"],
    ["a wrong content type", () => put().type("text").send("name"), 415, "content-type"],
    ["a form where JSON is due", () => put().type("form").send({ name: "a" }), 415, "content-type"],
    ["JSON where a form is due", () => api().post("/forms").send({ name: "a" }), 415, "content-type"],
    ["no body at all", () => put(), 415, "content-type"],
    ["10 MB", () => put().send({ name: "a".repeat(10 << 20) }), 413, "body"],
  ])("%s is refused, naming the field", async (_what, send, status, field) => {
    const answer = await send();

    expect(answer.status).toBe(status);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.errors[0].field).toBe(field);
  });

  test("a charset or encoding that nobody knows is 415", async () => {
    const charset = await put().set("content-type", "application/json; charset=klingon").send("{}");
    const encoding = await put().type("json").set("content-encoding", "lzma").send("{}");

    expect([charset.status, encoding.status]).toEqual([415, 415]);
    expect([charset.type, encoding.type]).toEqual(["application/problem+json", "application/problem+json"]);
  });

  test("is counted under its route", async () => {
    await put().type("json").send("{").expect(400);

    const { text } = await api().get("/metrics");
    expect(text).toMatch(
      /http_request_method="PUT",http_route="\/things\/\{id\}",http_response_status_code="400"/,
    );
  });
});

describe("an address", () => {
  test("where nothing is, is 404 and says where to look", async () => {
    const answer = await api().get("/nothing/here?q=1");

    expect(answer.status).toBe(404);
    expect(answer.type).toBe("application/problem+json");
    expect(answer.body.detail).toContain("/openapi.json");
  });

  test("with a broken percent-encoding is 400", async () => {
    const answer = await api().put("/things/%E0%A4%A").send({ name: "a" });

    expect(answer.status).toBe(400);
    expect(answer.body.type).toBe("urn:mall:problem:bad-request");
  });

  test.each(["post", "get", "delete", "patch"] as const)(
    "asked with %s where only PUT is there, is 405 with Allow",
    async (method) => {
      const answer = await api()[method]("/things/1");

      expect(answer.status).toBe(405);
      expect(answer.headers["allow"]).toBe("PUT");
      expect(answer.body.type).toBe("urn:mall:problem:method-not-allowed");
    },
  );
});
