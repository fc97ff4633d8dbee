export { type ServiceUnderTest, startForTest } from "./start-for-test.ts";
export { createTestDatabase, type TestDatabase } from "./test-database.ts";
export { eventually } from "./eventually.ts";
export type { ReceivedLog, ReceivedSpan } from "./otlp-messages.ts";
export { type OtlpReceiver, startOtlpReceiver } from "./otlp-receiver.ts";
export { keep, stopAll } from "./keep-running.ts";
export { type ServiceProcess, startProcess } from "./service-process.ts";
