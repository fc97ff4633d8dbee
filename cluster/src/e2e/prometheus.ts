import { request } from "undici";
import { z } from "zod";

const answer = z.object({
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

/** The one value of a query that gives one series; undefined when it gives none. */
export async function queryPrometheus(prometheus: string, query: string): Promise<number | undefined> {
  const { body } = await request(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
  const [first] = answer.parse(await body.json()).data.result;
  return first && Number(first.value[1]);
}
