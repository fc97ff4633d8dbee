import type { HttpClient } from "@mall/kit";
import { z } from "zod";
import { optionalCall } from "../optional.ts";

const stats = z.object({ orders: z.object({ confirmed: z.int() }), productsSold: z.int() });
export type Stats = z.output<typeof stats>;

export type InfoClient = ReturnType<typeof createInfoClient>;

export const createInfoClient = (http: HttpClient) => ({
  stats: (): Promise<Stats> =>
    http.request({ method: "GET", path: "/stats", ...optionalCall, answer: stats }),
});
