import { readFile, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { givenPage, type GivenPage } from "./support/given-page.ts";
import { spanId, traceId, type SpanSpec } from "./support/otlp-request.ts";

let observatory: GivenPage;
const opened: { page: Page; complaints: string[] }[] = [];

beforeAll(async () => {
  observatory = await givenPage();
}, 60_000);
afterAll(() => observatory.stop());
afterEach(async () => {
  for (const { page } of opened.splice(0)) await page.context().close();
});

async function open(path: string, width?: number): Promise<{ page: Page; complaints: string[] }> {
  const page = await observatory.open(path, width);
  opened.push(page);
  return page;
}

/** A purchase whose payment throws, and a mail that the order caused. */
const failedOrder = (trace: string): SpanSpec[] => [
  {
    traceId: trace,
    spanId: "root",
    service: "frontend",
    kind: "server",
    name: "POST /checkout",
    to: 100,
    error: "500",
  },
  {
    traceId: trace,
    spanId: "order",
    parent: "root",
    service: "checkout",
    kind: "server",
    name: "POST /orders",
    from: 5,
    to: 90,
    error: "no money",
  },
  {
    traceId: trace,
    spanId: "charge",
    parent: "order",
    service: "purchase",
    kind: "server",
    name: "POST /charges",
    from: 20,
    to: 80,
    error: "terminal on fire",
    attributes: { "http.response.status_code": 500, "mall.card": "visa" },
    events: [
      {
        name: "exception",
        attributes: {
          "exception.type": "TerminalFire",
          "exception.message": "the terminal is on fire",
          "exception.stacktrace": "at charge",
        },
      },
    ],
  },
  {
    traceId: trace,
    spanId: "stock",
    parent: "order",
    service: "product",
    kind: "server",
    name: "PUT /stock",
    from: 6,
    to: 15,
  },
];

describe("the live list", () => {
  test("shows a trace within two seconds of its arrival", async () => {
    const { page, complaints } = await open("/");
    await page.getByText("Live", { exact: true }).waitFor();

    await observatory.send({
      traceId: "live",
      spanId: "live",
      service: "frontend",
      kind: "server",
      name: "GET /lively",
    });

    await page.getByTestId("live-traces").getByText("GET /lively").waitFor({ timeout: 2_000 });
    expect(complaints).toEqual([]);
  });

  test("holds still under the pointer and moves on afterwards", async () => {
    const { page } = await open("/");
    const list = page.getByTestId("live-traces");
    await list.locator("tbody tr").first().hover();
    await list.getByText("Held still").waitFor();

    await observatory.send({
      traceId: "hover",
      spanId: "hover",
      service: "frontend",
      kind: "server",
      name: "GET /later",
    });
    await page.waitForTimeout(2_200);
    const whileHeld = await list.getByText("GET /later").count();
    await page.mouse.move(5, 5);

    await list.getByText("GET /later").waitFor({ timeout: 2_000 });
    expect(whileHeld).toBe(0);
  });

  test("filters are the address: service, errors and an attribute", async () => {
    await observatory.send(...failedOrder("filtered"));
    const { page } = await open("/traces");
    await page.getByLabel("Service").fill("purchase");
    await page.getByLabel("Attribute").fill("mall.card=visa");
    await page.getByLabel("With errors").check();

    await page.getByRole("button", { name: "Search" }).click();

    await page.locator(`[data-trace="${traceId("filtered")}"]`).waitFor();
    expect(await page.getByText("GET /lively").count()).toBe(0);
    expect(page.url()).toBe(`${observatory.url}/traces?service=purchase&attr=mall.card%3Dvisa&errors=true`);
  });
});

describe("a trace", () => {
  test("has a waterfall with each span's service and status, and leads to its root cause", async () => {
    await observatory.send(...failedOrder("order"));
    const { page, complaints } = await open(`/traces/${traceId("order")}`);
    const rows = page.getByRole("treeitem");
    await rows.first().waitFor();

    const names = await rows.evaluateAll((items) => items.map((item) => item.getAttribute("aria-label")));
    await page.getByRole("button", { name: "Show the root cause" }).click();

    expect(names).toEqual([
      "frontend, POST /checkout, error, 100 ms",
      "checkout, POST /orders, error, 85.0 ms",
      "product, PUT /stock, ok, 9.00 ms",
      "purchase, POST /charges, 500, 60.0 ms, root cause",
    ]);
    expect(await page.getByTestId("root-cause").innerText()).toContain(
      "TerminalFire: the terminal is on fire",
    );
    expect(await page.getByRole("treeitem", { selected: true }).getAttribute("data-span")).toBe(
      spanId("charge"),
    );
    expect(await page.getByTestId("span-detail").innerText()).toContain("terminal on fire");
    expect(await page.getByTestId("critical-path").locator("tbody tr").first().innerText()).toMatch(
      /purchase\s+60\.0 ms\s+60 %/,
    );
    expect(page.url()).toBe(`${observatory.url}/traces/${traceId("order")}?span=${spanId("charge")}`);
    expect(complaints).toEqual([]);
  });

  test("leads to its mail, and from the mail back", async () => {
    await observatory.send(
      {
        traceId: "bought",
        spanId: "bought",
        service: "checkout",
        kind: "producer",
        name: "send order.confirmed",
      },
      {
        traceId: "mailed",
        spanId: "mailed",
        service: "email",
        kind: "consumer",
        name: "process order.confirmed",
        links: [{ traceId: "bought", spanId: "bought" }],
      },
    );
    const { page } = await open(`/traces/${traceId("bought")}`);

    await page.getByTestId("linked-traces").getByRole("link", { name: "process order.confirmed" }).click();
    await page.getByTestId("linked-traces").getByRole("link", { name: "send order.confirmed" }).click();

    await page.waitForURL(`**/traces/${traceId("bought")}?span=${spanId("bought")}`);
  });

  test("that has not arrived yet appears when it does", async () => {
    const { page } = await open(`/traces/${traceId("awaited")}`);
    await page.getByText("No such trace").waitFor();

    await observatory.send({
      traceId: "awaited",
      spanId: "awaited",
      service: "frontend",
      name: "GET /awaited",
    });

    await page.getByRole("heading", { name: "GET /awaited" }).waitFor({ timeout: 3_000 });
  });

  test("grows on the page while its spans arrive", async () => {
    await observatory.send({ traceId: "grows", spanId: "one", service: "frontend", name: "GET /grows" });
    const { page } = await open(`/traces/${traceId("grows")}`);
    await page.getByRole("treeitem").first().waitFor();

    await observatory.send({
      traceId: "grows",
      spanId: "two",
      parent: "one",
      service: "cart",
      name: "GET /late",
    });

    await page.getByRole("treeitem", { name: /GET \/late/ }).waitFor({ timeout: 3_000 });
  });

  test("marks spans whose parent is missing, and says that it is incomplete", async () => {
    await observatory.send({
      traceId: "part",
      spanId: "orphan",
      parent: "nobody",
      service: "cart",
      name: "GET /orphan",
    });
    const { page } = await open(`/traces/${traceId("part")}`);

    await page.getByRole("treeitem").getByText("parent missing").waitFor();
    await page.getByText("incomplete", { exact: true }).waitFor();
  });

  test("opens from the file that the export wrote", async () => {
    await observatory.send(...failedOrder("exported"));
    const { page } = await open(`/traces/${traceId("exported")}`);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export" }).click(),
    ]);
    const exported = await readFile(await download.path(), "utf8");
    const file = `${observatory.faultsFile}.trace.json`;
    await writeFile(file, exported.replaceAll(traceId("exported"), traceId("imported")));
    await page.goto("/traces");

    await page.getByLabel("Open a trace file").setInputFiles(file);

    await page.waitForURL(`**/traces/${traceId("imported")}`);
    await page.getByText("imported", { exact: true }).waitFor();
    expect(await page.getByRole("treeitem").count()).toBe(4);
  });

  test("can be laid over another one", async () => {
    const quick = failedOrder("quick").map((spec) => (spec.spanId === "charge" ? { ...spec, to: 30 } : spec));
    await observatory.send(...quick, ...failedOrder("slow"));
    const { page } = await open(`/compare?a=${traceId("quick")}&b=${traceId("slow")}`);

    const worst = page
      .getByRole("region", { name: "Comparison table" })
      .locator("tr", { hasText: "POST /charges" });

    expect(await worst.innerText()).toMatch(/10\.0 ms.*60\.0 ms.*\+50\.0 ms/s);
  });
});

test("hostile text is shown as text, in every view, and nothing of it runs", async () => {
  const hostile = `"><img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
  await observatory.send({
    traceId: "hostile",
    spanId: "hostile",
    service: hostile,
    kind: "server",
    name: hostile,
    error: hostile,
    attributes: {
      [hostile]: hostile,
      __proto__x: hostile,
      "http.route": hostile,
      link: "javascript:alert(1)",
    },
    events: [{ name: "exception", attributes: { "exception.message": hostile, [hostile]: hostile } }],
  });
  const { page, complaints } = await open(`/traces/${traceId("hostile")}?span=${spanId("hostile")}`);
  const views = [
    "/",
    "/traces?errors=true",
    `/services/${encodeURIComponent(hostile).replaceAll(".", "%2E")}`,
    "/latency",
  ];

  await page.getByTestId("span-detail").getByText(hostile).first().waitFor();
  const intruders = [await page.locator("main img, main script, [onerror], a[href^='javascript:']").count()];
  for (const view of views) {
    await page.goto(view);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.waitForTimeout(300);
    intruders.push(await page.locator("main img, main script, [onerror], a[href^='javascript:']").count());
    expect(await page.title()).not.toBe("owned");
  }

  expect(intruders).toEqual([0, 0, 0, 0, 0]);
  expect(complaints).toEqual([]);
});

describe("by keyboard alone", () => {
  test("one gets from the list into a trace, through its tree, and to a span's detail", async () => {
    await observatory.send(...failedOrder("keys"));
    const { page } = await open("/traces?service=purchase");
    await page.locator(`[data-trace="${traceId("keys")}"] a`).focus();

    await page.keyboard.press("Enter");
    await page.waitForURL(`**/traces/${traceId("keys")}`);
    await page.getByRole("tree").waitFor();
    for (let presses = 0; presses < 40; presses += 1) {
      if ((await page.evaluate(() => document.activeElement?.getAttribute("role"))) === "treeitem") break;
      await page.keyboard.press("Tab");
    }
    for (const key of ["ArrowDown", "ArrowLeft", "End", "Enter"]) await page.keyboard.press(key);

    // "checkout" was closed, so that the last row is itself.
    expect(await page.getByRole("treeitem").count()).toBe(2);
    expect(await page.getByTestId("span-detail").getByRole("heading", { level: 3 }).innerText()).toBe(
      "POST /orders",
    );
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-span"))).toBe(
      spanId("order"),
    );
  });

  test("a cell of the heat map leads to a trace", async () => {
    await observatory.send({
      traceId: "hot",
      spanId: "hot",
      service: "heated",
      kind: "server",
      name: "GET /hot",
    });
    const { page } = await open("/latency?service=heated");
    await page.locator('[data-cell][tabindex="0"]').focus();

    await page.keyboard.press("Enter");
    await page
      .getByTestId("cell-examples")
      .getByRole("link", { name: /^trace/ })
      .click();

    await page.waitForURL(`**/traces/${traceId("hot")}`);
  });
});

describe("faults", () => {
  test("a switch writes the file, and the fault stays in sight until it is off", async () => {
    const { page } = await open("/faults");
    const written = page.waitForResponse((response) => response.request().method() === "PUT");
    await page.locator('[data-fault="purchase.latency"]').getByLabel("slow").check();
    await page.getByTestId("active-faults").waitFor();
    await written;
    const file = await readFile(observatory.faultsFile, "utf8");
    await page.getByRole("link", { name: "Traces", exact: true }).click();

    const bar = page.getByTestId("active-faults");
    const text = await bar.innerText();
    const undone = page.waitForResponse((response) => response.request().method() === "PUT");
    await bar.getByRole("button", { name: "Switch purchase.latency off" }).click();
    await bar.waitFor({ state: "detached" });
    await undone;

    expect(JSON.parse(file)).toMatchObject({ flags: { "purchase.latency": { defaultVariant: "slow" } } });
    expect(text).toContain("Look at: The critical path of a slow trace.");
    expect(await readFile(observatory.faultsFile, "utf8")).toContain('"defaultVariant": "off"');
  });
});

test("the telemetry line accounts for every span", async () => {
  const { page } = await open("/");
  const line = await page.getByTestId("telemetry-sum").innerText();
  const [accepted = -1, ...parts] = [...line.matchAll(/[\d,]+/g)].map(([figure]) =>
    Number(figure.replaceAll(",", "")),
  );

  expect(accepted).toBeGreaterThan(0);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(accepted);
});

test.each(["/", "/traces", "/latency", "/faults", "/compare", "/promql", "/services/checkout"])(
  "%s fits a phone",
  async (path) => {
    const { page, complaints } = await open(path, 390);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.waitForTimeout(300);

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(complaints).toEqual([]);
  },
);

test("the page says when the observatory is gone, and goes on by itself when it is back", async () => {
  const { page } = await open("/");
  await page.getByText("Live", { exact: true }).waitFor();
  const said = page.getByText("Connection lost").waitFor({ timeout: 5_000 });

  await observatory.restart();
  await said;
  await page.getByText("Live", { exact: true }).waitFor({ timeout: 6_000 });
  await observatory.send({
    traceId: "again",
    spanId: "again",
    service: "frontend",
    kind: "server",
    name: "GET /again",
  });

  await page.getByTestId("live-traces").getByText("GET /again").waitFor({ timeout: 2_500 });
});
