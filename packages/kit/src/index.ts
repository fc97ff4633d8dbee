export { createHttpClient, type Call, type HttpClient } from "./client/http-client.ts";
export { rememberEach } from "./client/remember-each.ts";
export { isRefusal, Refused } from "./client/refused.ts";
export type { Database, Executor } from "./database/database.ts";
export { defineMigrations, type Migrations } from "./database/migrations.ts";
export * from "./errors.ts";
export { type CloudEvent, cloudEvent, consumeEvent, linksTo, produceEvent } from "./events/cloud-event.ts";
export { faultFile, type FaultTarget } from "./faults/fault-flags.ts";
export type { FaultInjector } from "./faults/fault-injector.ts";
export { decodeCursor, encodeCursor, type Page, pageOf, paging, toPage } from "./http/cursor.ts";
export type { Admission } from "./http/load-shedding.ts";
export type { Urgency } from "./http/waiting-line.ts";
export { asProblem, problemDocument, type ProblemDocument } from "./http/problem.ts";
export { currentRequest, remainingMs, withDeadline } from "./http/request-context.ts";
export { type Answer, created, noContent, ok, type Route, route } from "./http/route.ts";
export { divideDecimals, divideHalfEven, parseDecimal } from "./money/decimal.ts";
export { currencyExponent, isCurrencyCode } from "./money/iso-4217.ts";
export {
  convertMoney,
  currencyCode,
  equalMoney,
  formatMoney,
  type Money,
  money,
  priceLine,
  sumMoney,
} from "./money/money.ts";
export { runService } from "./service/run-service.ts";
export {
  defineService,
  type Service,
  type ServiceContext,
  type ServiceParts,
} from "./service/service-definition.ts";
export { startService } from "./service/start-service.ts";
export type { BelieveHeaders } from "./http/server-span.ts";
export { activeTraceparent } from "./telemetry/active-span.ts";
export { annotate, mallAttributes } from "./telemetry/attributes.ts";
export { inSpan } from "./telemetry/in-span.ts";
export type { Logger } from "./telemetry/logger.ts";
export type { Metrics } from "./telemetry/metrics.ts";
export { believedBaggage, currentBaggage, withBaggage } from "./telemetry/release.ts";
