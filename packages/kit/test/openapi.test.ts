import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import request from "supertest";
import { z } from "zod";
import { created, noContent, ok, type Route, route } from "../src/http/route.ts";
import { money } from "../src/money/money.ts";
import { paging, pageOf } from "../src/http/cursor.ts";
import type { ServiceUnderTest } from "../src/testing/index.ts";
import { givenService } from "./support/given-service.ts";

const thing = z.object({ id: z.string(), price: money }).meta({ id: "Thing" });
const answer = { id: "a", price: { amount: 1, currency: "KRW" } };
const params = z.object({ id: z.string().meta({ description: "Whose" }) });
const routes: Route[] = [
  route({
    method: "get",
    path: "/things",
    summary: "All things",
    query: z.object(paging),
    answers: { 200: pageOf(thing) },
    handle: () => ok({ items: [answer], next: null }),
  }),
  route({
    method: "put",
    path: "/things/{id}",
    summary: "Set a thing",
    params,
    body: z.strictObject({ price: money }),
    answers: { 200: thing, 201: thing },
    problems: [409],
    handle: () => created(answer, "/things/a"),
  }),
  route({
    method: "delete",
    path: "/things/{id}",
    summary: "Forget a thing",
    params,
    answers: { 204: null },
    handle: () => noContent(),
  }),
  route({
    method: "post",
    path: "/login",
    summary: "A form",
    bodyType: "form",
    body: z.strictObject({ name: z.string() }),
    answers: { 200: "text/html" },
    handle: () => ({ status: 200, body: "<p>", contentType: "text/html" }),
  }),
];

interface Operation {
  summary: string;
  parameters?: { name: string; in: string; required?: boolean; schema: object }[];
  requestBody?: { required: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}
interface OpenApi {
  openapi: string;
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { required?: string[]; additionalProperties?: unknown }> };
}

let shop: ServiceUnderTest;
let document: OpenApi;

beforeAll(async () => {
  shop = await givenService(() => ({ routes }));
  document = (await request(shop.url).get("/openapi.json").expect(200)).body;
});
afterAll(() => shop.stop());

const operation = (method: string, path: string): Operation => {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`${method} ${path} is not in the document`);
  return found;
};

describe("the OpenAPI document", () => {
  test("says what it is", () => {
    expect(document.openapi).toBe("3.1.0");
    expect(document.info).toEqual({
      title: "shop",
      version: "1",
      description: "A service of the kit's own tests",
    });
  });

  test("has every route and no other", () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );

    expect(documented.toSorted()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  test("describes every answer, and the problems that any route may give", () => {
    for (const { method, path, answers } of routes) {
      const { responses, summary } = operation(method, path);
      expect(summary).not.toBe("");
      expect(Object.keys(responses)).toEqual(
        expect.arrayContaining([...Object.keys(answers), "400", "503", "504"]),
      );
      for (const response of Object.values(responses)) expect(response.description).not.toBe("");
    }
    expect(Object.keys(operation("put", "/things/{id}").responses)).toEqual(
      expect.arrayContaining(["409", "413", "415", "422"]),
    );
    expect(operation("get", "/things").responses["503"]?.content).toEqual({
      "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
    });
    expect(operation("delete", "/things/{id}").responses["204"]?.content).toBeUndefined();
  });

  test("requires a body where one is taken, in the form in which it is sent, and nowhere else", () => {
    expect(operation("put", "/things/{id}").requestBody?.required).toBe(true);
    expect(Object.keys(operation("put", "/things/{id}").requestBody?.content ?? {})).toEqual([
      "application/json",
    ]);
    expect(Object.keys(operation("post", "/login").requestBody?.content ?? {})).toEqual([
      "application/x-www-form-urlencoded",
    ]);
    expect(operation("get", "/things").requestBody).toBeUndefined();
    expect(operation("delete", "/things/{id}").requestBody).toBeUndefined();
  });

  test("lists the parameters: those of the path are required, those with a default are not", () => {
    expect(operation("delete", "/things/{id}").parameters).toEqual([
      {
        name: "id",
        in: "path",
        required: true,
        description: "Whose",
        schema: expect.objectContaining({ type: "string" }),
      },
    ]);
    const query = operation("get", "/things").parameters ?? [];
    expect(query.map(({ name, in: where, required = false }) => [name, where, required])).toEqual([
      ["cursor", "query", false],
      ["limit", "query", false],
    ]);
  });

  test("defines once what has a name, and every reference leads somewhere", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];

    expect(new Set(references.map(([, name]) => name))).toEqual(
      new Set(Object.keys(document.components.schemas)),
    );
    expect(document.components.schemas["Money"]?.required).toEqual(["amount", "currency"]);
    expect(document.components.schemas["Money"]?.additionalProperties).toBe(false);
  });
});
