import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FixtureService {
  mall: object;
  /** The process's program; default is a service that behaves. */
  program?: string;
}

export interface Project {
  root: string;
  stateDir: string;
  remove(): void;
}

/** A project whose services are small programs that speak the launcher's protocol. */
export function givenProject(services: Record<string, FixtureService>): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mall-project-")));
  for (const [name, { mall, program = wellBehaved }] of Object.entries(services)) {
    const folder = join(root, "services", name);
    mkdirSync(join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, type: "module", mall }));
    writeFileSync(join(folder, "dist/main.js"), program);
  }
  const kit = join(root, "node_modules/@mall/kit");
  mkdirSync(kit, { recursive: true });
  writeFileSync(
    join(kit, "package.json"),
    JSON.stringify({ name: "@mall/kit", type: "module", exports: { "./telemetry": "./telemetry.js" } }),
  );
  writeFileSync(join(kit, "telemetry.js"), "globalThis.telemetryLoaded = true;");
  return {
    root,
    stateDir: join(root, ".mall"),
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Answers with its environment. */
export const wellBehaved = `
  import { createServer } from "node:http";
  const { PORT, HOST } = process.env;
  const answer = JSON.stringify({ env: process.env, cwd: process.cwd(), telemetry: globalThis.telemetryLoaded });
  const server = createServer((_, response) => response.end(answer));
  server.listen(Number(PORT), HOST, () => process.send({ type: "ready", url: "http://" + HOST + ":" + PORT }));
  process.on("SIGTERM", () => process.exit(0));
  process.on("disconnect", () => process.exit(0));
`;

/** Hears neither a signal nor that the launcher is gone, and is never ready. */
export const stubborn = `
  process.on("SIGTERM", () => {});
  process.on("SIGINT", () => {});
  setInterval(() => {}, 1000);
  console.log("I stay");
`;

/** Writes why, and dies. */
export const doomed = `
  console.error("the card reader is unplugged");
  process.exit(3);
`;
