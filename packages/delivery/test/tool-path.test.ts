import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, toolPath, type ToolName } from "../src/index.ts";
import { pinnedTools } from "../src/tools/pinned-tools.ts";
import { pinnedVersion } from "../src/tools/pinned-version.ts";

const project = join(__dirname, "../../..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mall-tools-"));
  mkdirSync(join(folder, "bin"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A machine that has these commands and a shell, and nothing else. */
function givenMachine(commands: Record<string, string>): { PATH: string } {
  for (const [name, script] of Object.entries(commands)) {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  }
  return { PATH: join(folder, "bin") };
}

const builds = 'echo built >> "$(dirname "$0")/../log"\n[ "$1" = build ] && echo "echo v5.8.1" > "$4"';
/** Go's command line: `go version` answers, `go build -trimpath -o FILE PACKAGE` writes the file. */
const go = `[ "$1" = version ] && echo go1.26 && exit\n/bin/mkdir -p "\${4%/*}"\n${builds}\n/bin/chmod +x "$4"`;

const found = (name: ToolName, env: { PATH: string }, said: string[] = []): Promise<string> =>
  toolPath(name, { cache: join(folder, "cache"), env, say: (line) => said.push(line) });

describe("a tool", () => {
  test("is taken from the PATH in the right version", async () => {
    expect(await found("kustomize", givenMachine({ kustomize: "echo v5.8.1" }))).toBe("kustomize");
    expect(await found("promtool", givenMachine({ promtool: "echo promtool, version 2.53.0" }))).toBe(
      "promtool",
    );
  });

  test.each([
    ["another version", "echo v5.5.0"],
    ["a version that only begins like it", "echo v5.8.10"],
    ["a broken command", "exit 1"],
  ])("is built from its pin where the PATH has %s, and only once", async (_, kustomize) => {
    const said: string[] = [];
    const env = givenMachine({ kustomize, go });

    const command = await found("kustomize", env, said);

    expect(command).toBe(join(folder, "cache/kustomize-v5.8.1/kustomize"));
    expect((await run(command, [])).stdout).toBe("v5.8.1\n");
    expect(said).toEqual([
      "Building kustomize v5.8.1 from tools/kustomize: about 15 seconds, only this once.",
    ]);
    expect(await found("kustomize", { PATH: `${env.PATH}:/nowhere` }, said)).toBe(command);
    expect(said).toHaveLength(1);
    expect(readdirSync(join(folder, "cache"))).toEqual(["kustomize-v5.8.1"]);
  });

  test("that cannot be had is one sentence on what to install", async () => {
    await expect(found("kustomize", givenMachine({}))).rejects.toThrow(
      "Install kustomize v5.8.1, or Go to have it built from tools/kustomize.",
    );
    await expect(found("zizmor", givenMachine({}))).rejects.toThrow(
      /^Install zizmor .*: pipx install zizmor==/,
    );
    const broken = givenMachine({ go: '[ "$1" = version ] && exit\necho no space left >&2; exit 1' });
    await expect(found("kustomize", broken)).rejects.toThrow(/could not be built .*: no space left$/);
    expect(existsSync(join(folder, "cache/kustomize-v5.8.1"))).toBe(false);
  });

  test("that takes long to build is not built unasked", async () => {
    const env = givenMachine({ go });
    await expect(toolPath("istioctl", { cache: folder, env, maxBuildSeconds: 60 })).rejects.toThrow(
      /is not installed, and takes 7 minutes to build/,
    );
  });
});

describe.each(Object.entries(pinnedTools))("%s", (name, tool) => {
  test("is pinned with the checksums of all that it is made of", async () => {
    const version = await pinnedVersion(project, name, tool);

    if (tool.language === "go") {
      const sums = readFileSync(join(project, "tools", name, "go.sum"), "utf8");
      expect(sums).toContain(`${tool.module} ${version} h1:`);
      expect(readFileSync(join(project, "tools", name, "go.mod"), "utf8")).toContain(
        `\ntool ${tool.package}\n`,
      );
    } else {
      expect(readFileSync(join(project, "tools", name, "requirements.txt"), "utf8")).toContain(
        "--hash=sha256:",
      );
    }
  });
});
