import type { ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { z } from "zod";
import type { Route } from "./route.ts";

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    traceId: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457 problem document" });

/** The OpenAPI 3.1 document of a service, made from the very schemas that validate its requests. */
export async function openApiDocument(
  service: { name: string; description: string },
  routes: readonly Route[],
): Promise<object> {
  // Loaded on first use: no request of a shopper needs it, and starting is faster without.
  const { createDocument } = await import("zod-openapi");
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: service.name, description: service.description, version: "1" },
    paths,
  });
}

function operation(route: Route) {
  const mediaType = route.bodyType === "form" ? "application/x-www-form-urlencoded" : "application/json";
  return {
    summary: route.summary,
    requestParams: {
      ...(route.params instanceof z.ZodObject && { path: route.params }),
      ...(route.query instanceof z.ZodObject && { query: route.query }),
      ...(route.headers instanceof z.ZodObject && { header: route.headers }),
    },
    ...(route.body && {
      requestBody: { required: true, content: { [mediaType]: { schema: route.body } } },
    }),
    responses: { ...answers(route), ...problems(route) },
  };
}

function answers(route: Route): ZodOpenApiResponsesObject {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => {
      if (answer === null) return [status, { description: "Done, no content" }];
      const content =
        typeof answer === "string" ? { [answer]: {} } : { "application/json": { schema: answer } };
      return [status, { description: route.summary, content }];
    }),
  );
}

function problems(route: Route): ZodOpenApiResponsesObject {
  const statuses = new Set([
    ...(route.problems ?? []),
    ...(route.body ? [400, 413, 415, 422] : [400]),
    503,
    504,
  ]);
  return Object.fromEntries(
    [...statuses].map((status) => [
      String(status),
      { description: "A problem", content: { "application/problem+json": { schema: problemSchema } } },
    ]),
  );
}
