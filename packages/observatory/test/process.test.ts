import { fork, type ChildProcess } from "node:child_process";
import { createServer, request } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import type { Rules } from "../src/api-types.ts";

const MAIN = join(__dirname, "../src/main.ts");
let child: ChildProcess;

/** Node strips the types itself; the launcher starts the same file compiled. */
function start(environment: Record<string, string>): ChildProcess {
  child = fork(MAIN, { env: { ...process.env, ...environment }, stdio: "pipe", execArgv: [] });
  return child;
}

const readyUrl = async (started: ChildProcess): Promise<string> => {
  const [message] = (await once(started, "message")) as [{ type: string; url: string }];
  expect(message.type).toBe("ready");
  return message.url;
};

const output = async (started: ChildProcess): Promise<string> => {
  let text = "";
  started.stderr?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(started, "close");
  return text;
};

afterEach(() => {
  if (child.exitCode === null) child.kill("SIGKILL");
});

test("tells the launcher its address when it listens, on loopback only, and stops on SIGTERM", async () => {
  const started = start({ PORT: "0" });
  const url = await readyUrl(started);

  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/api/overview`)).status).toBe(200);
  const stream = await fetch(`${url}/api/stream`);
  started.kill("SIGTERM");

  expect(await once(started, "exit")).toEqual([0, null]);
  await stream.body?.cancel();
});

test("does not outlive its launcher", async () => {
  const started = start({ PORT: "0" });
  await readyUrl(started);

  started.disconnect();

  expect(await once(started, "exit")).toEqual([0, null]);
});

test("says which port is taken and what to do", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;

  const started = start({ PORT: String(port) });

  expect(await output(started)).toBe(`Port ${port} is taken. Stop what uses it, or set PORT.\n`);
  expect(started.exitCode).toBe(1);
  other.close();
});

test.each([
  ["HOST", "0.0.0.0"],
  ["HOST", "192.168.0.1"],
  ["PORT", "seventy"],
  ["ALLOWED_HOSTS", "*.example"],
  ["ALLOWED_HOSTS", "observatory:4318"],
  ["METRICS_TARGETS", "cart"],
  ["RULES_FILE", "/nowhere/rules.yaml"],
])("refuses %s=%s", async (name, value) => {
  const started = start({ PORT: "0", [name]: value });

  expect(await output(started)).toContain(name);
  expect(started.exitCode).toBe(1);
});

test("listens on every interface only for those who call it by an allowed name", async () => {
  const started = start({ PORT: "0", HOST: "0.0.0.0", ALLOWED_HOSTS: "observatory, Observatory.mall.svc" });
  const port = Number(new URL(await readyUrl(started)).port);

  const answers = ["observatory", "observatory.mall.svc", "localhost", "0.0.0.0", "evil.example"].map(
    (name) => statusFor(port, name),
  );

  expect(await Promise.all(answers)).toEqual([200, 200, 200, 403, 403]);
});

test("evaluates the mall's own rules file when it is told of no other", async () => {
  const started = start({ PORT: "0" });
  const answer = await fetch(`${await readyUrl(started)}/api/rules`);

  const { rules } = (await answer.json()) as Rules;

  expect(rules.map(({ name }) => name)).toContain("slo:error_budget_left:ratio");
});

/** `fetch` does not let one choose the Host. */
const statusFor = (port: number, name: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const headers = { host: `${name}:${port}` };
    request({ port, host: "127.0.0.1", path: "/api/overview", headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
