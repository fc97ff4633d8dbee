/**
 * Kubernetes looks for an image by its digest alone where one is given. Answers the digest of an imported image.
 *
 * @param ctr runs containerd's client on the node, in Kubernetes' namespace
 */
export async function nameByDigest(
  name: string,
  ctr: (...args: string[]) => Promise<string>,
): Promise<string> {
  const [digest] = /sha256:[0-9a-f]{64}/.exec(await ctr("images", "list", `name==${name}`)) ?? [];
  if (!digest) throw new Error(`The image ${name} was not imported.`);
  await ctr("images", "tag", "--force", name, `${name.replace(/:[^:/]*$/, "")}@${digest}`);
  return digest;
}
