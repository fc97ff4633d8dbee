// Tests run from TypeScript source through SWC to CommonJS; workspaces resolve to their sources by the "source" condition.
const swc = (syntax) => [
  "@swc/jest",
  {
    jsc: {
      target: "es2023",
      parser: { syntax, tsx: syntax === "typescript", jsx: true },
      transform: { react: { runtime: "automatic", importSource: "preact" } },
    },
    module: { type: "commonjs" },
  },
];

// Published as ES modules only, so Jest's CommonJS needs them transformed as well.
const esmOnly = [
  "kysely",
  "cockatiel",
  "commander",
  "graphile-worker",
  "preact",
  "cookie",
  "kubernetes-models",
  "@kubernetes-models/[^/]+",
  "is-cidr",
  "cidr-regex",
  "ip-regex",
];

export default {
  // Generous, for hooks that start half a mall on a busy machine; a test that hangs should still end.
  testTimeout: 30_000,
  // Much of a suite is waiting for processes, so two of them fit on two cores.
  maxWorkers: 2,
  testMatch: [
    "<rootDir>/{packages,services}/*/test/**/*.test.{ts,tsx}",
    "<rootDir>/cluster/test/**/*.test.ts",
    "<rootDir>/tests/**/*.test.ts",
  ],
  globalSetup: "<rootDir>/tests/support/start-postgres.ts",
  globalTeardown: "<rootDir>/tests/support/stop-postgres.ts",
  setupFiles: ["<rootDir>/tests/support/plain-output.ts"],
  testEnvironmentOptions: { customExportConditions: ["source", "node", "node-addons"] },
  transform: { "\\.tsx?$": swc("typescript"), "\\.m?js$": swc("ecmascript") },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join("|")})/)`],
  modulePathIgnorePatterns: ["/dist/", "<rootDir>/.mall/"],
};
