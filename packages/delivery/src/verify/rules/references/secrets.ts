import { ofKind } from "../../tree/kinds.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { besides, find, type Scope } from "../../tree/scopes.ts";

// What base/database/passwords/create-passwords.mjs writes for each service that the ConfigMap lists.
const databaseKeys = ["username", "password", "uri"];
// What CloudNativePG's certificate authority gives to clients.
const authorityKeys = ["ca.crt", "ca.key"];

/** The keys of a Secret that stands in Git or that something in Git makes; nothing when nobody makes it. */
export function secretKeys(scope: Scope, name: string, beside: Rendered): readonly string[] | undefined {
  const secret = find(scope, "Secret", name, beside)?.manifest;
  if (secret) return Object.keys({ ...secret.data, ...secret.stringData });
  if (servicesWithPasswords(scope, beside).some((service) => name === `${service}-database`))
    return databaseKeys;
  const clusters = ofKind(besides(scope.objects, beside), "Cluster");
  return clusters.some(({ manifest }) => name === `${manifest.metadata.name}-ca`) ? authorityKeys : undefined;
}

/** Whom a password is made for in the namespace of an object. */
export const servicesWithPasswords = (scope: Scope, beside: Rendered): string[] =>
  find(scope, "ConfigMap", "database-passwords", beside)?.manifest.data?.["SERVICES"]?.split(" ") ?? [];
