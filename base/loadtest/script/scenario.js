// Made of services/loadgenerator/src/k6.ts by `node services/loadgenerator/dist/write-k6-scripts.js`.
// services/loadgenerator/src/k6.ts
import { check } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Rate } from "k6/metrics";

// services/loadgenerator/src/node/report.ts
var outcomes = ({ failed: failed2, turnedAway: turnedAway2, shed, skipped }) => [
  `${failed2} failed`,
  ...(shed > 0 ? [`${shed} of them told to come back later`] : []),
  ...(turnedAway2 > 0 ? [`${turnedAway2} turned away`] : []),
  ...(skipped > 0 ? [`${skipped} skipped`] : []),
];
function summary(results) {
  const { seconds, visits, steps, journeys: journeys3, problems } = results;
  const stepRows = steps.map(({ step, requests, p50, p95, p99 }) => [
    step,
    `${requests}`,
    ms(p50),
    ms(p95),
    ms(p99),
  ]);
  const journeyRows = journeys3.map((each) => [
    each.journey,
    `${each.visits}`,
    `${(each.share * 100).toFixed(1)} %`,
    `${each.failed}`,
  ]);
  return [
    [`${visits} visits in ${seconds.toFixed(1)} s`, ...outcomes(results)].join(", "),
    "",
    ...table(["step", "requests", "p50 ms", "p95 ms", "p99 ms"], stepRows),
    "",
    ...table(["journey", "visits", "share", "failed"], journeyRows),
    ...(problems.length > 0
      ? ["", ...problems.slice(0, 10).map(({ reason, count }) => `${count} × ${reason}`)]
      : []),
  ].join("\n");
}
var ms = (value) => value.toFixed(1);
function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}

// services/loadgenerator/src/scenario/browser.ts
var stepNames = [
  "home",
  "category",
  "search",
  "product",
  "ad",
  "add to cart",
  "cart",
  "buy now",
  "checkout",
  "quote",
  "place order",
  "confirmation",
];
var TurnedAway = class extends Error {
  name = "TurnedAway";
};
var UnexpectedPage = class extends Error {
  step;
  constructor(step, detail) {
    super(`${step}: ${detail}`);
    this.name = "UnexpectedPage";
    this.step = step;
  }
};

// services/loadgenerator/src/scenario/random.ts
function createRandom(seed2) {
  let state = seed2 >>> 0;
  function next() {
    state = (state + 1831565813) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    pick(list) {
      const chosen = list[Math.floor(next() * list.length)];
      if (chosen === void 0) throw new RangeError("nothing to pick from");
      return chosen;
    },
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
  };
}

// services/loadgenerator/src/scenario/shopper.ts
var towns = [
  {
    language: "ko-KR,ko;q=0.9,en;q=0.5",
    currencies: ["KRW", "KRW", "USD"],
    searches: ["모카", "가방", "노트", "이어폰", "텐트"],
    names: ["한지우", "김서연", "박도윤"],
    streets: ["세종대로 12", "테헤란로 501"],
    city: "서울",
    postalCode: "04524",
    country: "KR",
  },
  {
    language: "en-US,en;q=0.9",
    currencies: ["USD"],
    searches: ["mug", "notebok", "headphones", "tent", "puzzle"],
    names: ["Avery Quill", "Rowan Ellery", "Sam Okafor"],
    streets: ["48 Larkspur Lane", "9 Harbor Street"],
    city: "Portland",
    postalCode: "97204",
    country: "US",
  },
  {
    language: "es-ES,es;q=0.9,en;q=0.5",
    currencies: ["EUR", "EUR", "USD"],
    searches: ["cafetera", "mochila", "cuaderno", "auriculares", "café"],
    names: ["Lucía Marchena", "Iker Olaizola", "Nerea Villalobos"],
    streets: ["Calle de Alcalá 7", "Gran Vía 31"],
    city: "Madrid",
    postalCode: "28014",
    country: "ES",
  },
];
function chooseShopper(random) {
  const town = random.pick(towns);
  const { language, searches, city, postalCode, country } = town;
  const email = `shopper-${random.between(1, 1e6)}@example.com`;
  return {
    language,
    currency: random.pick(town.currencies),
    searches,
    address: {
      name: random.pick(town.names),
      email,
      line1: random.pick(town.streets),
      city,
      postalCode,
      country,
    },
  };
}

// services/loadgenerator/src/scenario/html.ts
var attributeOf = (tag, name) => unescape(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]);
var tagsByTestId = (html, id) =>
  html.match(new RegExp(`<[a-z]+\\s[^>]*data-testid="${id}"[^>]*>`, "g")) ?? [];
function formByTestId(html, id) {
  const start = html.search(new RegExp(`<form\\s[^>]*data-testid="${id}"`));
  return start === -1 ? void 0 : html.slice(start, html.indexOf("</form>", start));
}
function hiddenFields(html) {
  const fields = {};
  for (const tag of html.match(/<input\s[^>]*type="hidden"[^>]*>/g) ?? []) {
    const name = attributeOf(tag, "name");
    if (name !== void 0) fields[name] = attributeOf(tag, "value") ?? "";
  }
  return fields;
}
var entities = {
  "&amp;": "&",
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&#39;": "'",
};
var unescape = (text) =>
  text?.replaceAll(/&(?:amp|quot|lt|gt|#39);/g, (entity) => entities[entity] ?? entity);

// services/loadgenerator/src/scenario/visit.ts
function createVisit(browser2, shopper, random) {
  let seenProducts = [];
  let productPage = "";
  async function load(step, path, expected = 200) {
    return ask({ step, method: "GET", path, language: shopper.language }, expected);
  }
  async function post(step, path, form, expected) {
    return ask({ step, method: "POST", path, form, language: shopper.language }, expected);
  }
  async function ask(request, expected) {
    return assertStatus(request.step, await browser2.request(request), expected);
  }
  function look({ body }) {
    const slugs = tagsByTestId(body, "product-card").map(
      (tag) => attributeOf(tag, "data-product-slug") ?? "",
    );
    if (slugs.length > 0) seenProducts = slugs;
  }
  async function openCategory() {
    const slug = random.pick([
      "kitchen",
      "home",
      "stationery",
      "audio",
      "bags",
      "accessories",
      "outdoor",
      "toys",
    ]);
    look(await load("category", `/categories/${slug}`));
  }
  async function order(path, cards, expected) {
    const { address, currency } = shopper;
    const form = { ...address, currency, cardId: random.pick(cards), quantity: "1" };
    const quote = await post("quote", path, { ...form, intent: "update" }, 200);
    const fields = formByTestId(quote.body, "checkout");
    if (!fields) throw new UnexpectedPage("quote", "shows no form to order with");
    const placed = { ...form, ...hiddenFields(fields), intent: "place" };
    const page = await browser2.request({
      step: "place order",
      method: "POST",
      path,
      form: placed,
      language: shopper.language,
    });
    if (page.status === 409) throw new TurnedAway("sold out or changed");
    return assertStatus("place order", page, expected);
  }
  async function confirm({ location }) {
    const page = await load("confirmation", location);
    if (tagsByTestId(page.body, "confirmation").length === 0)
      throw new UnexpectedPage("confirmation", "does not confirm the order");
  }
  return {
    openCategory,
    async openHome() {
      look(await load("home", "/"));
    },
    async search() {
      look(await load("search", `/search?q=${encodeURIComponent(random.pick(shopper.searches))}`));
    },
    /** One of the products on the page before; one that is sold out leads to another. */
    async openProduct() {
      if (seenProducts.length === 0) await openCategory();
      const first = random.between(0, seenProducts.length - 1);
      for (let tries = 0; tries < seenProducts.length; tries++) {
        const slug = seenProducts[(first + tries) % seenProducts.length] ?? "";
        productPage = (await load("product", `/products/${slug}`)).body;
        if (formByTestId(productPage, "add-to-cart")) return;
      }
      throw new TurnedAway("everything on the page is sold out");
    },
    async followAd() {
      const click = /<form\s[^>]*action="(\/ads\/[^"]+)"[^>]*>/.exec(productPage);
      if (!click?.[1]) return;
      const { location } = await post("ad", click[1], hiddenFields(productPage.slice(click.index)), 303);
      productPage = (await load("product", location)).body;
    },
    async addToCart(quantity = random.between(1, 2)) {
      const form = formByTestId(productPage, "add-to-cart") ?? "";
      await post("add to cart", "/cart/items", { ...hiddenFields(form), quantity: String(quantity) }, 303);
    },
    async openCart() {
      const { body } = await load("cart", "/cart");
      if (tagsByTestId(body, "cart-line").length === 0) throw new UnexpectedPage("cart", "is empty");
    },
    async checkout(cards) {
      await load("checkout", "/checkout");
      await confirm(await order("/checkout", cards, 303));
    },
    async checkoutRefused(cards) {
      await load("checkout", "/checkout");
      await order("/checkout", cards, 402);
    },
    async buyNow(cards) {
      const article = tagsByTestId(productPage, "product")[0] ?? "";
      const form = /formAction="([^"]+)"|formaction="([^"]+)"/.exec(productPage);
      const path = form?.[1] ?? form?.[2];
      if (!path)
        throw new UnexpectedPage(
          "product",
          `${attributeOf(article, "data-product-id")} cannot be bought now`,
        );
      await load("buy now", `${path}?quantity=1`);
      await confirm(await order(path, cards, 303));
    },
  };
}
function assertStatus(step, page, expected) {
  if (page.status === expected) return page;
  throw new UnexpectedPage(step, `answered ${page.status} instead of ${expected}`);
}

// services/loadgenerator/src/scenario/journeys.ts
var journeyNames = [
  "buys a cart",
  "buys one thing now",
  "abandons the cart",
  "looks around",
  "card is refused",
];
var cardsThatWork = ["visa-4242", "mastercard-4444", "amex-0005", "mastercard-3220"];
var cardsThatDoNot = ["visa-0002"];
var journeys = {
  async "buys a cart"(visit2) {
    await visit2.openHome();
    await visit2.search();
    await visit2.openProduct();
    await visit2.addToCart();
    await visit2.openCategory();
    await visit2.openProduct();
    await visit2.addToCart();
    await visit2.openCart();
    await visit2.checkout(cardsThatWork);
  },
  async "buys one thing now"(visit2) {
    await visit2.openHome();
    await visit2.openProduct();
    await visit2.buyNow(cardsThatWork);
  },
  async "abandons the cart"(visit2) {
    await visit2.openCategory();
    await visit2.openProduct();
    await visit2.addToCart();
    await visit2.openCart();
  },
  async "looks around"(visit2) {
    await visit2.openHome();
    await visit2.search();
    await visit2.openProduct();
    await visit2.followAd();
  },
  async "card is refused"(visit2) {
    await visit2.openCategory();
    await visit2.openProduct();
    await visit2.addToCart();
    await visit2.checkoutRefused(cardsThatDoNot);
  },
};
var mix = [
  ["buys a cart", 8],
  ["looks around", 5],
  ["abandons the cart", 4],
  ["buys one thing now", 2],
  ["card is refused", 1],
].flatMap(([name, share]) => Array.from({ length: share }, () => name));
var journeyOf = (index) => mix[(index * 7) % mix.length] ?? "looks around";
async function visitShop(browser2, index, seed2) {
  const random = createRandom(seed2 + index);
  await journeys[journeyOf(index)](createVisit(browser2, chooseShopper(random), random));
}

// services/loadgenerator/src/k6-load.ts
function loadOf(settings) {
  const { DURATION: duration = "60s", STAGES: stages = "" } = settings;
  const shoppers = Number(settings["SHOPPERS"] ?? 0);
  const visits = Number(settings["VISITS"] ?? 0);
  if (shoppers > 0)
    return visits > 0
      ? { executor: "shared-iterations", vus: shoppers, iterations: visits, maxDuration: "30m" }
      : { executor: "constant-vus", vus: shoppers, duration };
  if (stages) return rampingLoad(stages.split(",").map(stageOf));
  const rate = Number(settings["RATE"] ?? 5);
  return { executor: "constant-arrival-rate", rate, timeUnit: "1s", duration, ...virtualUsers(rate) };
}
function stageOf(text) {
  const [, duration, target] = /^\s*(\d+(?:ms|s|m|h)):(\d+)\s*$/.exec(text) ?? [];
  if (!duration)
    throw new Error(`STAGES has "${text}"; write a duration and visits per second, as in 1m:5,3m:20`);
  return { duration, target: Number(target) };
}
function rampingLoad(stages) {
  const highest = Math.max(...stages.map(({ target }) => target));
  return {
    executor: "ramping-arrival-rate",
    startRate: 0,
    timeUnit: "1s",
    stages: [...stages],
    ...virtualUsers(highest),
  };
}
var virtualUsers = (rate) => ({
  preAllocatedVUs: Math.max(10, rate * 4),
  maxVUs: Math.max(50, rate * 20),
});

// services/loadgenerator/src/k6-summary.ts
function toResults({ metrics, state }) {
  const value = (metric, name) => metrics[metric]?.values[name] ?? 0;
  const visits = value("journeys", "count");
  const timings = (metric) => ({
    requests: value(metric, "count"),
    p50: value(metric, "med"),
    p95: value(metric, "p(95)"),
    p99: value(metric, "p(99)"),
  });
  return {
    seconds: state.testRunDurationMs / 1e3,
    visits,
    failed: value("journeys_failed", "count"),
    turnedAway: value("turned_away", "count"),
    shed: 0,
    // k6 counts them among the failed, and does not tell them apart
    skipped: value("dropped_iterations", "count"),
    every: timings("http_req_duration"),
    steps: stepNames
      .map((step) => ({ step, ...timings(`http_req_duration{name:${step}}`) }))
      .filter(({ requests }) => requests > 0),
    journeys: journeyNames.flatMap((journey) => {
      const count = value(`journeys{journey:${journey}}`, "count");
      const failed2 = value(`journeys_failed{journey:${journey}}`, "count");
      return count === 0 ? [] : [{ journey, visits: count, failed: failed2, share: count / visits }];
    }),
    problems: [],
  };
}

// services/loadgenerator/src/k6.ts
var { MALL_URL: url = "http://127.0.0.1:3000", JSON: asJson, BAGGAGE: baggage } = __ENV;
var seed = Number(__ENV["SEED"] ?? 1);
var failedBelow = Number(__ENV["FAILED_BELOW"] ?? 0.01);
var turnedAwayBelow = Number(__ENV["TURNED_AWAY_BELOW"] ?? 0.5);
var p95BelowMs = Number(__ENV["P95_BELOW_MS"] ?? 1500);
var options = {
  scenarios: { shoppers: loadOf(__ENV) },
  summaryTrendStats: ["med", "p(95)", "p(99)", "count"],
  thresholds: {
    journey_failed: [`rate<${failedBelow}`],
    turned_away_rate: [`rate<${turnedAwayBelow}`],
    http_req_duration: [`p(95)<${p95BelowMs}`],
    // A rate of nothing at all would pass.
    journeys: ["count>0"],
    // k6 keeps numbers by tag only where a threshold asks for them; these are always met.
    ...Object.fromEntries(stepNames.map((step) => [`http_req_duration{name:${step}}`, ["p(95)>=0"]])),
    ...Object.fromEntries(journeyNames.map((journey) => [`journeys{journey:${journey}}`, ["count>=0"]])),
    ...Object.fromEntries(
      journeyNames.map((journey) => [`journeys_failed{journey:${journey}}`, ["count>=0"]]),
    ),
  },
};
var journeys2 = new Counter("journeys");
var journeysFailed = new Counter("journeys_failed");
var failed = new Rate("journey_failed");
var turnedAway = new Counter("turned_away");
var turnedAwayRate = new Rate("turned_away_rate");
var browser = {
  async request({ step, method, path, form, language }) {
    const headers = {
      origin: url,
      "accept-language": language,
      accept: "text/html",
      // Leads a canary's first visitors, and nobody else, to the new version: see the mesh's header route.
      ...(baggage && { baggage }),
    };
    const params = { headers, redirects: 0, tags: { name: step } };
    const response = await http.asyncRequest(method, url + path, form ? { ...form } : null, params);
    const body = typeof response.body === "string" ? response.body : "";
    return { status: response.status, body, location: response.headers["Location"] ?? "" };
  },
};
async function visit() {
  const index = exec.scenario.iterationInTest;
  const journey = journeyOf(index);
  let problem = "";
  let isTurnedAway = false;
  try {
    await visitShop(browser, index, seed);
  } catch (error) {
    if (error instanceof TurnedAway) isTurnedAway = true;
    else problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== "") console.error(problem);
  check(problem, { [journey]: () => problem === "" });
  journeys2.add(1, { journey });
  journeysFailed.add(problem === "" ? 0 : 1, { journey });
  failed.add(problem !== "");
  turnedAway.add(isTurnedAway ? 1 : 0);
  turnedAwayRate.add(isTurnedAway);
}
function handleSummary(data) {
  const results = toResults(data);
  return {
    stdout: `${asJson ? JSON.stringify(results, void 0, 2) : summary(results)}
`,
  };
}
export { visit as default, handleSummary, options };
