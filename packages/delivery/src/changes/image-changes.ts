import { commitsBetween } from "../git/history.ts";
import { imagesChangedBy, imagesOf } from "./images.ts";

/** The commits after `from` up to `to` that changed what an image is made of, newest first: "1a2b3c4d5e6f Subject". */
export async function imageChanges(root: string, name: string, from: string, to: string): Promise<string[]> {
  const catalogue = imagesOf(root).filter((image) => image.name === name);
  const commits = await commitsBetween(root, from, to);
  return commits
    .filter(({ files }) => imagesChangedBy(files, catalogue).length > 0)
    .map(({ commit, subject }) => `${commit.slice(0, 12)} ${subject}`);
}
