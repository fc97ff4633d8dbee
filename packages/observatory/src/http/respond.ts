import type { ServerResponse } from "node:http";
import type { HttpProblem } from "./problem.ts";

export function sendJson(response: ServerResponse, body: unknown, { status = 200 } = {}): void {
  send(response, status, "application/json; charset=utf-8", Buffer.from(JSON.stringify(body)));
}

export function sendProblem(response: ServerResponse, problem: HttpProblem): void {
  for (const [name, value] of Object.entries(problem.headers)) response.setHeader(name, value);
  send(response, problem.status, "application/problem+json", Buffer.from(JSON.stringify(problem)));
}

export function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  response.statusCode = status;
  response.setHeader("content-type", type);
  response.setHeader("content-length", body.byteLength);
  if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "no-store");
  response.end(body);
}
