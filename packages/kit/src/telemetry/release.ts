import { context, type Context, propagation, ROOT_CONTEXT } from "@opentelemetry/api";

/** The baggage that asks for a version of some services: `cart:canary`, `cart:canary.checkout:canary`. */
const releaseKey = "mall.release";
const releaseForm = /^[A-Za-z\d:.-]{1,200}$/;

/** The version that was asked for, if it is well-formed. */
export function releaseIn(given: Context): string | undefined {
  const value = propagation.getBaggage(given)?.getEntry(releaseKey)?.value;
  return value && releaseForm.test(value) ? value : undefined;
}

/** What a stranger's `baggage` header may bring into the mall: a well-formed release and nothing else. */
export function believedBaggage(header: string | readonly string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const release = releaseIn(propagation.extract(ROOT_CONTEXT, { baggage: String(header) }));
  return release && `${releaseKey}=${release}`;
}

/** The baggage of what is being done now, as a header: to be kept with what will be done later. */
export function currentBaggage(): string | undefined {
  const carrier: { baggage?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.baggage;
}

/** Does now what was begun earlier, under the baggage that was kept with it. */
export function withBaggage<T>(header: string | null | undefined, work: () => T): T {
  if (!header) return work();
  const kept = propagation.getBaggage(propagation.extract(ROOT_CONTEXT, { baggage: header }));
  return kept ? context.with(propagation.setBaggage(context.active(), kept), work) : work();
}
