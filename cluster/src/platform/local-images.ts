/** Patches that keep the kubelet from asking a registry, for the first container of every workload of a kind. */
export function onlyLocalImages(kind: string): object[] {
  const path = "/spec/template/spec/containers/0/imagePullPolicy";
  return [{ target: { kind }, patch: JSON.stringify([{ op: "add", path, value: "IfNotPresent" }]) }];
}
