import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { changedImages } from "../src/changes/changed-images.ts";
import { type Image, imagesChangedBy } from "../src/changes/images.ts";
import { givenLocalRepository, type LocalRepository } from "./support/repository.ts";

jest.setTimeout(180_000);

const catalogue: Image[] = [
  { name: "cart", sources: ["services/cart/"] },
  { name: "frontend", sources: ["services/frontend/"] },
  { name: "loadgenerator", sources: ["services/loadgenerator/"] },
  { name: "observatory", sources: ["packages/observatory/", "base/alerts/rules/"] },
];
const all = catalogue.map(({ name }) => name);

describe("what a change of these files builds", () => {
  test.each([
    ["one service", ["services/cart/src/routes.ts"], ["cart"]],
    ["a service's dependencies", ["services/cart/package.json"], ["cart"]],
    ["a picture of the storefront", ["services/frontend/public/logo.svg"], ["frontend"]],
    ["two services", ["services/frontend/src/app.ts", "services/cart/src/app.ts"], ["cart", "frontend"]],
    ["a service whose name begins like another's", ["services/cart-archive/src/app.ts"], []],
    ["the observatory", ["packages/observatory/src/main.ts"], ["observatory"]],
    ["the rules that the observatory carries", ["base/alerts/rules/mall-rules.yaml"], ["observatory"]],
    ["the kit", ["packages/kit/src/client.ts"], all],
    ["the lockfile", ["package-lock.json"], all],
    ["the root package", ["package.json"], all],
    ["the bundler", ["bundle.mjs"], all],
    ["the Dockerfile", ["services/Dockerfile"], all],
    ["what the Dockerfile runs", ["services/image-contents.mjs"], all],
    ["a service and the kit", ["services/cart/src/app.ts", "packages/kit/src/client.ts"], all],
    [
      "tests",
      ["services/cart/test/cart.test.ts", "packages/kit/test/client.test.ts", "tests/traces.test.ts"],
      [],
    ],
    ["benches", ["packages/observatory/bench/graph.ts"], []],
    ["documentation", ["README.md", "docs/roll-back.md", "services/cart/README.md"], []],
    ["what runs where", ["overlays/dev/cart/release/kustomization.yaml", "base/cart/rollout.yaml"], []],
    ["the pipeline and the commands", [".github/workflows/build.yaml", "packages/delivery/src/main.ts"], []],
    ["the launcher", ["packages/launcher/src/main.ts"], []],
    ["nothing", [], []],
  ])("%s", (_, files, expected) => {
    expect(imagesChangedBy(files, catalogue)).toEqual(expected);
  });
});

describe("in a repository", () => {
  let repository: LocalRepository;
  afterEach(() => repository.remove());

  async function toBuild(request: { base?: string; since?: string }): Promise<string[]> {
    return (await changedImages({ root: repository.root, ...request })).map(({ name }) => name);
  }

  test("compared with a commit: what changed since; with no commit or a lost one: everything", async () => {
    repository = givenLocalRepository(["cart", "product"]);
    const base = repository.git("rev-parse", "HEAD");
    repository.changeSource("cart");

    expect(await toBuild({ base })).toEqual(["cart"]);
    expect(await toBuild({ base: "0".repeat(40) })).toEqual(["cart", "observatory", "product"]);
    expect(await toBuild({ base: "1".repeat(40) })).toEqual(["cart", "observatory", "product"]);
    await expect(toBuild({})).rejects.toThrow(/Say what to compare with/);
  });

  test("compared with what was released: a build that failed is caught up by the next push", async () => {
    repository = givenLocalRepository(["cart", "product"]);
    repository.release("dev", "cart", repository.git("rev-parse", "HEAD"));
    repository.release("dev", "product", repository.git("rev-parse", "HEAD"));
    repository.changeSource("cart"); // Its build fails: no release follows.
    const base = repository.git("rev-parse", "HEAD");
    repository.changeSource("product");

    expect(await toBuild({ base })).toEqual(["product"]);
    const caughtUp = await changedImages({ root: repository.root, base, since: "dev" });
    expect(caughtUp).toEqual([
      {
        name: "cart",
        released: true,
        because: expect.stringMatching(/^services\/cart\/src\/app.ts changed/),
      },
      { name: "product", released: true, because: expect.any(String) },
    ]);
  });

  test("compared with what was released: zeros are built, a rolled back service is left in peace", async () => {
    repository = givenLocalRepository(["cart", "product"]);
    const good = repository.changeSource("cart");
    repository.release("dev", "cart", good);
    repository.release("dev", "cart", repository.changeSource("cart"));
    repository.release("dev", "cart", good);

    expect(await toBuild({ since: "dev", base: repository.git("rev-parse", "HEAD") })).toEqual(["product"]);

    repository.changeSource("cart");
    expect(await toBuild({ since: "dev", base: repository.git("rev-parse", "HEAD") })).toEqual([
      "cart",
      "product",
    ]);
  });
});
