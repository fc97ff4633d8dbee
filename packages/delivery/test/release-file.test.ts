import { describe, expect, test } from "@jest/globals";
import { parseRelease, unreleasedCommit, withRelease } from "../src/index.ts";
import { leafText, someDigest } from "./support/repository.ts";

const image = "ghcr.io/acme-shops/mall-cart";
// Digits and one "e": YAML would read it as a number, and Kustomize would refuse the file.
const commit = "12345678901e3456789012345678901234567890";

describe("the file that the pipeline writes", () => {
  test("changes in four places and nowhere else", () => {
    const digest = someDigest();

    const written = withRelease(leafText("cart"), { image, commit, digest }, "leaf");

    expect(written).toBe(leafText("cart", commit, digest));
    expect(parseRelease(written, "leaf")).toEqual({ image, commit, digest });
  });

  test("keeps what people wrote around the values, windows line ends and flow style included", () => {
    const text = leafText("cart")
      .replace("images:", "images: # one only")
      .replace(/pairs:\n.*\n/, `pairs: { app.kubernetes.io/version: '${unreleasedCommit.slice(0, 12)}' }\n`)
      .replaceAll("\n", "\r\n");

    const written = withRelease(
      text,
      { image: "ghcr.io/me/mall-cart", commit, digest: someDigest() },
      "leaf",
    );

    expect(written).toContain("images: # one only\r\n");
    expect(written).toContain(`pairs: { app.kubernetes.io/version: "12345678901e" }\r\n`);
    expect(parseRelease(written, "leaf").image).toBe("ghcr.io/me/mall-cart");
  });

  test.each([
    ["not YAML", leafText("cart") + "\t: [", /leaf is not YAML/],
    ["without a digest", leafText("cart").replace(/ +digest.*\n/, ""), /leaf has no text at images.0.digest/],
    [
      "a tag that is a number",
      leafText("cart").replace(/newTag: "0+"/, "newTag: 0"),
      /no text at images.0.newTag/,
    ],
    ["a moving tag", leafText("cart").replace(/newTag: "0+"/, "newTag: latest"), /newTag is not a commit/],
    ["a cut digest", leafText("cart").replace(/(sha256:0{5})0+/, "$1"), /digest is not/],
    [
      "another version",
      leafText("cart").replace(`"${"0".repeat(12)}"`, '"1"'),
      /version label is not the commit/,
    ],
  ])("%s is refused by name", (_, text, complaint) => {
    expect(() => parseRelease(text, "leaf")).toThrow(complaint);
  });
});
