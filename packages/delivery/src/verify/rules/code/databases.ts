import type { Finding, Rule } from "../../rule.ts";
import { ofKind } from "../../tree/kinds.ts";
import { environmentsOf, type Tree } from "../../tree/tree.ts";
import { type Deployed, eachDeployed } from "./deployments.ts";
import type { Rendered } from "../../tree/manifest.ts";
import { find } from "../../tree/scopes.ts";
import { servicesWithPasswords } from "../references/secrets.ts";

export const databaseRules: readonly Rule[] = [
  {
    name: "code/database",
    because:
      "A service without its database is never ready; one that needs none must not be able to reach one.",
    check: (tree) => eachDeployed(tree, databaseFindings),
  },
  {
    name: "code/migration",
    because: "A version that runs before its migrations answers 500 to everybody.",
    check: (tree) =>
      eachDeployed(tree, ({ service, rollout, environment, container }) => {
        const job = find(environment, "Job", `${service.name}-migration`, rollout);
        if (!service.database && job)
          return [
            {
              object: job,
              problem: `${service.name} has no database to migrate`,
              mend: "Take ../components/database out of its base.",
            },
          ];
        if (!service.database) return [];
        const migrates = job?.manifest.spec?.template.spec?.containers.some(
          ({ image, args = [] }) => image === container.image && args.includes("migrate"),
        );
        return migrates
          ? []
          : [
              {
                object: job ?? rollout,
                problem: `no Job ${service.name}-migration migrates its database with the same image`,
                mend: "Take ../components/database into its base.",
              },
            ];
      }),
  },
  {
    name: "code/database-of-its-own",
    because:
      "A service without its database, role and password is never ready; one too many is a key that nobody turns.",
    check: (tree) =>
      environmentsOf(tree).flatMap((environment) => {
        const [job] = ofKind(environment.objects, "Job").filter(
          ({ manifest }) => manifest.metadata.name === "database-passwords",
        );
        const passwords = job
          ? compare(
              tree,
              servicesWithPasswords(environment, job),
              `the password list of ${environment.name}`,
              job,
            )
          : [];
        const clusters = ofKind(environment.objects, "Cluster").flatMap((object) => {
          const roles = (object.manifest.spec?.managed?.roles ?? []).map(({ name }) => name);
          const databases = ofKind(environment.objects, "Database").filter(
            ({ manifest }) => manifest.spec?.cluster.name === object.manifest.metadata.name,
          );
          const strangers = databases.filter(({ manifest: { spec } }) => spec?.name !== spec?.owner);
          return [
            ...compare(tree, roles, "the managed roles", object),
            ...compare(
              tree,
              databases.map(({ manifest }) => manifest.spec?.name ?? ""),
              "the Databases",
              object,
            ),
            ...strangers.map((database) => ({
              object: database,
              problem: "it belongs to another role than the one of its name",
              mend: "Make name and owner the service's.",
            })),
          ];
        });
        // In the place of CloudNativePG, where there is none.
        const scripts = ofKind(environment.objects, "ConfigMap").flatMap((object) => {
          const script = object.manifest.data?.["databases.sql"];
          const names = [...(script ?? "").matchAll(/^CREATE DATABASE (\w+) OWNER \1;$/gm)].map(
            ([, name = ""]) => name,
          );
          return script === undefined ? [] : compare(tree, names, "databases.sql", object);
        });
        return [...passwords, ...clusters, ...scripts];
      }),
  },
];

/** The administrator's, where PostgreSQL is our own (overlays/local). */
const administrator = "postgres";

function compare({ services }: Tree, listed: readonly string[], what: string, object: Rendered): Finding[] {
  const declared = services.filter(({ database }) => database).map(({ name }) => name);
  const there = listed.filter((name) => name !== administrator);
  return [
    ...declared
      .filter((name) => !there.includes(name))
      .map((name) => `${what} lacks ${name}, whose package.json says that it has a database`),
    ...there
      .filter((name) => !declared.includes(name))
      .map((name) => `${what} has ${name}, and no service of that name has a database`),
  ].map((problem) => ({
    object,
    problem,
    mend: "Write the same services in base/database as in services/.",
  }));
}

function databaseFindings({ service, rollout, container }: Deployed): Finding[] {
  const variable = container.env?.find(({ name }) => name === "DATABASE_URL");
  const secret = variable?.valueFrom?.secretKeyRef;
  if (!service.database)
    return variable
      ? [
          {
            object: rollout,
            problem: "it gets a DATABASE_URL, and its code has no database",
            mend: "Take it out.",
          },
        ]
      : [];
  return secret?.name === `${service.name}-database` && secret.key === "uri"
    ? []
    : [
        {
          object: rollout,
          problem: `its DATABASE_URL does not come from the key uri of Secret ${service.name}-database`,
          mend: "Take ../components/database into its base.",
        },
      ];
}
