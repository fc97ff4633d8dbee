export { type ServiceUnderTest, startForTest } from "./start-for-test.ts";
export { createTestDatabase, type TestDatabase } from "./test-database.ts";
export { eventually } from "./eventually.ts";
