/**
 * Begins traces where they begin: at a shopper's click. A click is a span, the navigation or fetch that it causes is
 * its child, and what the server does for that is below. Elements, methods and paths are told, and nothing that was
 * typed. The shop works without this script, and the script does nothing unless the page says that it is traced.
 */

const [page] = performance.getEntriesByType("navigation");
const served = page?.serverTiming?.find(({ name }) => name === "traceparent")?.description.split("-");
if (served?.[3] === "01") traceThisPage({ traceId: served[1], spanId: served[2] });

function traceThisPage(serverSpan) {
  const internal = 1;
  const client = 3;
  // Longer than the shop takes to answer anything.
  const longestNavigationMs = 20_000;
  const secure = location.protocol === "https:" ? "; secure" : "";
  let ended = [];
  let underWay = [];
  let impatience;
  // Fetches without an answer yet, each with what caused it.
  const asked = new Set();

  const randomHex = (bytes) =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) =>
      byte.toString(16).padStart(2, "0"),
    ).join("");

  /** `at` is on the clock of `performance.now()`, which stands still while a laptop sleeps. */
  function nanoseconds(at) {
    const slept = Date.now() - performance.timeOrigin - performance.now();
    return `${Math.round((performance.timeOrigin + at + (slept > 1_000 ? slept : 0)) * 1_000)}000`;
  }

  const begin = (name, kind, parent, at, attributes = {}) => ({
    name,
    kind,
    traceId: parent?.traceId ?? randomHex(16),
    spanId: randomHex(8),
    parentSpanId: parent?.spanId,
    startTimeUnixNano: nanoseconds(at),
    attributes,
  });

  function end(span, at = performance.now()) {
    const attributes = Object.entries(span.attributes).map(([key, value]) => ({
      key,
      value: typeof value === "number" ? { intValue: value } : { stringValue: value },
    }));
    if (ended.length === 0) setTimeout(post, 200);
    ended.push({ ...span, attributes, endTimeUnixNano: nanoseconds(at) });
  }

  function post() {
    if (ended.length === 0) return;
    const attributes = [{ key: "service.name", value: { stringValue: "storefront-web" } }];
    const message = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: ended }] }] };
    ended = [];
    const body = new Blob([JSON.stringify(message)], { type: "application/json" });
    navigator.sendBeacon("/otlp/v1/traces", body);
  }

  const nameOf = (element) =>
    element.dataset?.testid ||
    element.getAttribute("name") ||
    element.closest("[data-testid]")?.dataset.testid ||
    element.localName;
  const beginCause = ({ type, timeStamp }, element) =>
    begin(`${type} ${nameOf(element)}`, internal, undefined, timeStamp);
  const beginRequest = (method, { pathname }, cause) =>
    begin(method, client, cause, performance.now(), { "http.request.method": method, "url.path": pathname });
  const traceparent = ({ traceId, spanId }) => `00-${traceId}-${spanId}-01`;

  // A script can't put a header on a navigation; the server reads the cookie for that one and lets it expire.
  function navigate(event, element, method, url) {
    endNavigation();
    const cause = beginCause(event, element);
    const navigation = beginRequest(method, url, cause);
    document.cookie = `mall_trace=${traceparent(navigation)}; path=/; max-age=20; samesite=strict${secure}`;
    underWay = [navigation, cause];
    impatience = setTimeout(endNavigation, longestNavigationMs);
  }

  function endNavigation() {
    clearTimeout(impatience);
    for (const span of underWay) end(span);
    underWay = [];
  }

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || link.target || link.hasAttribute("download"))
      return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const isHere = link.hash && link.pathname + link.search === location.pathname + location.search;
    if (link.origin === location.origin && !isHere) navigate(event, link, "GET", link);
  });

  addEventListener("submit", (event) => {
    const { target: form, submitter, defaultPrevented } = event;
    const told = (name) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
    const url = new URL(told("action") ?? "", location.href);
    if (defaultPrevented || told("target") || url.origin !== location.origin) return;
    navigate(event, submitter ?? form, told("method")?.toUpperCase() ?? "GET", url);
  });

  const endFetch = (spans) => asked.delete(spans) && spans.forEach((span) => end(span));

  // By now the answer is here, and the next page takes over. What this page still asks for, nobody here will hear of.
  addEventListener("pagehide", () => {
    endNavigation();
    for (const spans of asked) endFetch(spans);
    post();
  });

  const send = window.fetch;
  /** As ever, for the shop's own addresses with a span; `causedBy` is the event that led to it, whatever ran between. */
  window.fetch = async (address, { causedBy, ...options } = {}) => {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin) return send(address, options);
    const cause = causedBy && beginCause(causedBy, causedBy.target);
    const call = beginRequest(options.method ?? "GET", url, cause);
    const spans = cause ? [call, cause] : [call];
    asked.add(spans);
    try {
      const headers = new Headers(options.headers);
      headers.set("traceparent", traceparent(call));
      const answer = await send(address, { ...options, headers });
      call.attributes["http.response.status_code"] = answer.status;
      if (answer.status >= 500) call.status = { code: 2 };
      return answer;
    } catch (error) {
      call.attributes["error.type"] = error.name;
      if (error.name !== "AbortError") call.status = { code: 2 };
      throw error;
    } finally {
      endFetch(spans);
    }
  };

  // From the answer's first byte, so that it does not precede the span that answered. Out of a cache, it belongs to a
  // trace that is long over.
  const load = begin("page load", internal, serverSpan, page.responseStart, {
    "url.path": location.pathname,
  });
  const loaded = () => setTimeout(() => page.transferSize > 0 && end(load, page.loadEventEnd));
  if (document.readyState === "complete") loaded();
  else addEventListener("load", loaded);
}
