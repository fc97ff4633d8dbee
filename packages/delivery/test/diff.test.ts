import { afterEach, expect, jest, test } from "@jest/globals";
import { diffCommand } from "../src/commands/diff.ts";
import { renderCommand } from "../src/commands/render.ts";
import { diffMarkdown } from "../src/render/diff-report.ts";
import { givenLocalRepository, type LocalRepository } from "./support/repository.ts";
import { told } from "./support/told.ts";

let repository: LocalRepository;

jest.setTimeout(180_000);
afterEach(() => repository.remove());

const kustomization = (...resources: string[]): string =>
  `resources: [${resources.join(", ")}]\nnamespace: mall-dev\n`;
const service = (port: number): string =>
  `{apiVersion: v1, kind: Service, metadata: {name: cart}, spec: {ports: [{port: ${port}}]}}\n`;
const role = "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: reader}}\n";

function givenTree(): void {
  repository = givenLocalRepository([]);
  repository.write("base/cart/service.yaml", service(80));
  repository.write("base/cart/kustomization.yaml", "resources: [service.yaml]\n");
  repository.write("overlays/dev/cart/kustomization.yaml", kustomization("../../../base/cart"));
  repository.write("overlays/dev/loadtest/smoke/kustomization.yaml", kustomization("role.yaml"));
  repository.write("overlays/dev/loadtest/smoke/role.yaml", role);
  repository.push("The tree");
}

test("a change in a base is shown where it arrives, object by object; unsaved work counts", async () => {
  givenTree();
  repository.write("base/cart/service.yaml", service(8080));
  repository.write("overlays/dev/loadtest/smoke/role.yaml", role.replace("reader", "writer"));

  const printed = JSON.parse(await told(diffCommand, "main", "--root", repository.root, "--json")) as unknown;

  expect(printed).toEqual([
    {
      folder: "overlays/dev/cart",
      object: "Service mall-dev/cart",
      change: "changed",
      diff: expect.stringContaining("-  - port: 80\n+  - port: 8080\n"),
    },
    {
      folder: "overlays/dev/loadtest/smoke",
      object: "ClusterRole reader",
      change: "removed",
      diff: expect.any(String),
    },
    {
      folder: "overlays/dev/loadtest/smoke",
      object: "ClusterRole writer",
      change: "added",
      diff: expect.any(String),
    },
  ]);
  expect(repository.git("status", "--porcelain")).not.toContain("??");
});

test("no difference is said in a sentence, also when files were only moved", async () => {
  givenTree();
  repository.write("base/cart/port.yaml", service(80));
  repository.write("base/cart/kustomization.yaml", "# As before.\nresources: [port.yaml]\n");

  expect(await told(diffCommand, "main", "--root", repository.root)).toBe(
    "Nothing would change in any cluster.\n",
  );
});

test("a rendering can be asked for by environment and by service", async () => {
  givenTree();

  const all = await told(renderCommand, "dev", "--root", repository.root);
  expect(all).toMatch(
    /^---\n# overlays\/dev\/cart\n[^]*kind: Service[^]*# overlays\/dev\/loadtest\/smoke\n[^]*ClusterRole/,
  );
  const one = await told(renderCommand, "dev", "loadtest/smoke", "--root", repository.root);
  expect(one).not.toContain("Service");
  await expect(told(renderCommand, "dev", "basket", "--root", repository.root)).rejects.toThrow(
    'There is nothing called "basket" in dev.',
  );
  repository.write("overlays/dev/cart/kustomization.yaml", kustomization("nowhere.yaml"));
  await expect(told(renderCommand, "dev", "--root", repository.root)).rejects.toThrow(
    /cart does not render: .*nowhere/,
  );
});

test("as a comment it fits what GitHub takes, and nothing in a manifest ends its block", () => {
  repository = givenLocalRepository([]);
  const diffs = Array.from({ length: 40 }, (_, index) => ({
    folder: "overlays/dev/cart",
    object: `ConfigMap mall-dev/script-${index}`,
    change: "changed" as const,
    diff: `+\`\`\`\`\n${"+a long line\n".repeat(200)}`,
  }));

  const comment = diffMarkdown(diffs);

  expect(comment.length).toBeLessThan(65_536);
  expect(comment).toContain("`overlays/dev/cart` ConfigMap mall-dev/script-39");
  expect(comment).toContain("`````diff\n+````\n");
  expect(comment).toMatch(/The rest is too long for a comment/);
});
