import { Pool } from "undici";
import { serviceTable } from "./service-table.ts";
import type { WholeMall } from "./whole-mall.ts";

export interface RawAnswer {
  status: number;
  /** Media type without parameters; empty without a body. */
  type: string;
  text: string;
  cookies: string[];
}

interface RawRequest {
  method: string;
  /** Sent as it is: neither encoded nor cleaned of `..`. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

export type RawRequests = ReturnType<typeof createRawRequests>;

const connections = 4;

/** Requests that say exactly what a test wants, also what no browser would send. */
export function createRawRequests(mall: WholeMall) {
  const pools = new Map(serviceTable.map(({ name }) => [name, new Pool(mall.url(name), { connections })]));
  return {
    async send(service: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
      const pool = pools.get(service);
      if (!pool) throw new Error(`there is no service ${service}`);
      const response = await pool.request({ method, path, headers, body: body ?? null });
      return {
        status: response.statusCode,
        type: String(response.headers["content-type"] ?? "").split(";")[0] ?? "",
        text: await response.body.text(),
        cookies: [response.headers["set-cookie"] ?? []].flat().map((line) => line.split(";")[0] ?? ""),
      };
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}
