import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { checkout } from "@mall/checkout";
import { info } from "@mall/info";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { exportedByServices } from "../../src/verify/rules/promql/metric-names.ts";

// The two services with metrics of the business; the others have the kit's only, which these have too.
let services: ServiceUnderTest[];
const nobody = "http://127.0.0.1:9";

beforeAll(async () => {
  const peers = ["CART", "PRODUCT", "CURRENCY", "PURCHASE", "SHIPPING", "EMAIL", "INFO"];
  const environment = Object.fromEntries(peers.map((peer) => [`${peer}_URL`, nobody]));
  services = await Promise.all([startForTest(checkout, environment), startForTest(info, environment)]);
}, 60_000);
afterAll(() => Promise.all(services.map((service) => service.stop())));

test("the list of metrics that the rules know is what the services really export", async () => {
  const names = new Set((await Promise.all(services.map(exported))).flat());

  expect(exportedByServices.filter((name) => !names.has(name))).toEqual([]);
  const business = [...names].filter((name) => name.startsWith("mall_"));
  expect(business.toSorted()).toEqual(exportedByServices.filter((name) => name.startsWith("mall_")));
});

/** Every metric by the name of its series; OpenMetrics leaves a counter's ending out where it says the type. */
async function exported({ url }: ServiceUnderTest): Promise<string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = "", type]) =>
    type === "counter" && !name.endsWith("_total") ? `${name}_total` : name,
  );
}
