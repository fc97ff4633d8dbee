import { type HttpClient, isRefusal, NotFound } from "@mall/kit";
import { z } from "zod";

const cart = z.object({ items: z.array(z.object({ productId: z.string(), quantity: z.int() })) });
export type CartLine = z.output<typeof cart>["items"][number];

/** A session has two lists: what it is about to buy, and its wish list. */
export type ListName = "cart" | "saved";

const pathOf: Record<ListName, string> = { cart: "/carts/{id}", saved: "/carts/{id}/saved" };

/** What a list looks like after a change; `refused` when it would hold too much. */
export type Change = { outcome: "changed"; lines: CartLine[] } | { outcome: "refused" };

export const mostOfOne = 99;

export type CartClient = ReturnType<typeof createCartClient>;

export const createCartClient = (http: HttpClient) => ({
  async lines(session: string, list: ListName): Promise<CartLine[]> {
    const call = { method: "GET", path: pathOf[list], params: { id: session } } as const;
    return (await http.request({ ...call, answer: cart })).items;
  },

  /** Adds to what is there. */
  add: (session: string, list: ListName, line: CartLine): Promise<Change> =>
    changing(() =>
      http.request({
        method: "POST",
        path: `${pathOf[list]}/items`,
        params: { id: session },
        body: { items: [line] },
        answer: cart,
      }),
    ),

  /** Sets the quantity of one product. */
  set: (session: string, list: ListName, { productId, quantity }: CartLine): Promise<Change> =>
    changing(() =>
      http.request({
        method: "PUT",
        path: `${pathOf[list]}/items/{productId}`,
        params: { id: session, productId },
        body: { quantity },
        answer: cart,
      }),
    ),

  async remove(session: string, list: ListName, productId: string): Promise<void> {
    const params = { id: session, productId };
    await http.request({ method: "DELETE", path: `${pathOf[list]}/items/{productId}`, params });
  },
});

async function changing(change: () => Promise<z.output<typeof cart>>): Promise<Change> {
  try {
    return { outcome: "changed", lines: (await change()).items };
  } catch (error) {
    if (!isRefusal(error, 422)) throw error;
    if (error.problem.errors.some(({ field }) => field === "productId"))
      throw new NotFound("There is no such product.");
    return { outcome: "refused" };
  }
}
