import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { commonConfig, parseConfig } from "../src/service/config.ts";

const schema = commonConfig.and(z.object({ PRODUCT_URL: z.url() }));

function complaintAbout(environment: Record<string, string>): string {
  try {
    parseConfig(schema, environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the configuration was accepted");
}

describe("the configuration", () => {
  test("is read from the environment, with its defaults", () => {
    expect(parseConfig(schema, { PORT: "8008", PRODUCT_URL: "http://product:8007", HOME: "/" })).toEqual({
      HOST: "127.0.0.1",
      PORT: 8008,
      LOG_LEVEL: "info",
      MIGRATION_LOCK_WAIT_MS: 60_000,
      MIGRATION_STATEMENT_TIMEOUT_MS: 0,
      DRAIN_DELAY_MS: 0,
      SHUTDOWN_TIMEOUT_MS: 2_000,
      PRODUCT_URL: "http://product:8007",
    });
  });

  test("that is wrong is refused in one sentence that names every variable", () => {
    const complaint = complaintAbout({ PORT: "70000", LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" });

    expect(complaint).toMatch(/^Set these environment variables correctly: .*\.$/);
    for (const name of ["PORT", "LOG_LEVEL", "DATABASE_URL", "PRODUCT_URL"])
      expect(complaint).toContain(`${name} (`);
    expect(complaint).not.toContain("SHUTDOWN_TIMEOUT_MS");
  });

  test("that is refused does not repeat what may be a secret", () => {
    expect(
      complaintAbout({ PORT: "1", PRODUCT_URL: "http://a", DATABASE_URL: "x://mall:hunter2@db" }),
    ).not.toContain("hunter2");
  });

  test.each(["", "eighty", "-1", "80.5"])("takes no port %j", (PORT) => {
    expect(complaintAbout({ PORT, PRODUCT_URL: "http://a" })).toContain("PORT (");
  });
});
