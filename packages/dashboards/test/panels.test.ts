import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { currencies } from "../../../services/currency/src/currencies.ts";
import { currencyExponent } from "@mall/kit";
import { soldIn } from "../src/currencies.ts";
import { thresholds } from "../src/load-test/run.ts";
import { burnsFast, burnsSlowly } from "../src/scope.ts";
import { type DashboardFile, dashboardFiles, panelsOf } from "./support/dashboard-files.ts";
import { rules } from "./support/recorded-series.ts";

/** Always there: grafana.com/docs, "Global variables". */
const builtIn = /^__(?:rate_interval|all|from|to|field\.labels\.\w+|data\.fields\.\w+)$/;

const files = [...dashboardFiles];

test("no two dashboards share an address or a title", () => {
  expect(files.length).toBeGreaterThan(4);
  for (const key of ["uid", "title"] as const)
    expect(new Set(files.map(([, file]) => file[key])).size).toBe(files.length);
  for (const [name, { uid }] of files) expect(name).toBe(`${uid}.json`);
});

describe.each(files)("%s", (_name, file) => {
  test("says what it is for, and of each panel what it shows, in what unit and from where", () => {
    expect(file.description).toMatch(/\w{2,} .+\.$/);
    for (const panel of panelsOf(file)) {
      const place = `${panel.title}: ${JSON.stringify(panel.fieldConfig?.defaults)}`;
      expect(panel.title).toMatch(/^[A-Z\dk]/);
      expect([place, panel.description]).toEqual([place, expect.stringMatching(/\w{2,} .+\.$/)]);
      expect([place, panel.fieldConfig?.defaults.unit]).toEqual([place, expect.stringMatching(/./)]);
      expect(panel.targets?.length).toBeGreaterThan(0);
      for (const { datasource } of [panel, ...(panel.targets ?? [])])
        expect([place, datasource]).toEqual([place, { type: "prometheus", uid: "${datasource}" }]);
    }
  });

  test("has a number for each panel, and a letter and a name for each query in it", () => {
    expect(new Set(file.panels.map(({ id }) => id)).size).toBe(file.panels.length);
    for (const { targets = [] } of panelsOf(file)) {
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      for (const { legendFormat } of targets) expect(legendFormat).not.toBe("");
    }
  });

  test("fills its lines from left to right, and nothing lies on anything else", () => {
    const taken = new Set<string>();
    for (const { gridPos } of file.panels) {
      const { x, y, w, h } = gridPos;
      expect(x + w).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column++)
        for (let line = y; line < y + h; line++) {
          expect(taken).not.toContain(`${column}/${line}`);
          taken.add(`${column}/${line}`);
        }
    }
    const height = Math.max(...file.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
    expect(taken.size).toBe(24 * height);
  });

  test("uses only variables that it has, and each of them", () => {
    const own = file.templating.list.map(({ name }) => name);
    const used = usedVariables(file).filter((name) => !builtIn.test(name));

    expect(own.slice(0, 3)).toEqual(["datasource", "traces", "namespace"]);
    expect(used.filter((name) => !own.includes(name))).toEqual([]);
    expect(own.filter((name) => !used.includes(name))).toEqual([]);
  });

  test("leads to traces: by exemplars of server requests, and by links that Jaeger's data source understands", () => {
    const targets = panelsOf(file).flatMap((panel) => panel.targets ?? []);
    const pointed = targets.filter(({ exemplar }) => exemplar);
    for (const { expr } of pointed) expect(expr).toContain("http_server_request_duration_seconds_bucket{");
    // The mesh's own proxies export none.
    expect(pointed.length > 0).toBe(file.uid !== "mall-mesh");

    const urls = panelsOf(file).flatMap((panel) => panel.fieldConfig?.defaults.links ?? []);
    for (const { url } of urls) {
      const panes: unknown = JSON.parse(new URL(url, "http://grafana").searchParams.get("panes") ?? "");
      expect(panes).toMatchObject({
        traces: {
          datasource: "${traces}",
          queries: [{ queryType: "search", service: expect.stringMatching(/^[a-z]+$|^\$\{[\w.]+\}$/) }],
          range: { from: "${__from}", to: "${__to}" },
        },
      });
    }
  });
});

const usedVariables = (file: DashboardFile): readonly string[] =>
  [...JSON.stringify(file).matchAll(/\$\{?(\w[\w.]*\w)/g)].map(([, name]) => name ?? "");

test("amounts are divided by what ISO 4217 says, in every currency in which the mall sells", () => {
  const listed = soldIn.flatMap(({ exponent, codes }) => codes.map((code) => [code, exponent] as const));

  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(currencies.map(({ code }) => [code, currencyExponent(code)])),
  );
});

test("the lines at which people are called are those of the alerts", () => {
  const conditions = rules.map(({ expr }) => expr).filter((expr) => expr.startsWith("slo:burn_rate"));

  expect(conditions).toContain(`slo:burn_rate:rate1h > ${burnsFast} and slo:burn_rate:rate5m > ${burnsFast}`);
  expect(conditions).toContain(
    `slo:burn_rate:rate6h > ${burnsSlowly} and slo:burn_rate:rate30m > ${burnsSlowly}`,
  );
});

test("the limits of a load test are those of the scenario", () => {
  const scenario = readFileSync(join(__dirname, "../../../services/loadgenerator/src/k6.ts"), "utf8");
  const limit = (name: string): number =>
    Number(new RegExp(`__ENV\\["${name}"\\] \\?\\? ([\\d.]+)`).exec(scenario)?.[1]);

  expect(thresholds.failedJourneys).toBe(limit("FAILED_BELOW"));
  expect(thresholds.pageSeconds).toBe(limit("P95_BELOW_MS") / 1000);
});
