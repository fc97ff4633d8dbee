import { serviceTable } from "./service-table.ts";
import type { WholeMall } from "./whole-mall.ts";

export interface ApiDocument {
  openapi: string;
  info: { title: string };
  paths: Record<string, Record<string, OperationObject>>;
}

interface OperationObject {
  summary?: string;
  parameters?: { in: "path" | "query" | "header"; name: string; required?: boolean }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, unknown>;
}

/** One endpoint as its service describes it. */
export interface Operation {
  service: string;
  /** In upper case. */
  method: string;
  /** With parameters in braces. */
  path: string;
  pathParameters: string[];
  queryParameters: { name: string; required: boolean }[];
  /** The media type of the body that it takes. */
  bodyType: string | undefined;
}

/** What every service serves at /openapi.json, by its name. */
export async function apiDocuments(mall: WholeMall): Promise<Map<string, ApiDocument>> {
  const entries = serviceTable.map(async ({ name }) => {
    const response = await fetch(`${mall.url(name)}/openapi.json`);
    return [name, (await response.json()) as ApiDocument] as const;
  });
  return new Map(await Promise.all(entries));
}

export const operationsIn = (documents: ReadonlyMap<string, ApiDocument>): Operation[] =>
  [...documents].flatMap(([service, { paths }]) =>
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]) => toOperation(service, method, path, described)),
    ),
  );

function toOperation(
  service: string,
  method: string,
  path: string,
  { parameters = [], requestBody }: OperationObject,
): Operation {
  return {
    service,
    method: method.toUpperCase(),
    path,
    pathParameters: parameters.filter((each) => each.in === "path").map(({ name }) => name),
    queryParameters: parameters
      .filter((each) => each.in === "query")
      .map(({ name, required = false }) => ({ name, required })),
    bodyType: requestBody && Object.keys(requestBody.content)[0],
  };
}

export const describeOperation = ({ service, method, path }: Operation): string =>
  `${service}: ${method} ${path}`;
