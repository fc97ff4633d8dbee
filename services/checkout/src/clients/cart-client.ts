import type { HttpClient } from "@mall/kit";
import { z } from "zod";
import type { RequestedLine } from "../order.ts";

export type CartClient = ReturnType<typeof createCartClient>;

const answer = z.object({
  items: z.array(z.object({ productId: z.string(), quantity: z.int().positive() })),
});

export const createCartClient = (http: HttpClient) => ({
  async lines(id: string): Promise<RequestedLine[]> {
    return (await http.request({ method: "GET", path: "/carts/{id}", params: { id }, answer })).items;
  },

  async empty(id: string): Promise<void> {
    await http.request({ method: "DELETE", path: "/carts/{id}", params: { id } });
  },
});
