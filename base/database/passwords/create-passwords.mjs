// Makes the Secret `<service>-database` for each service that has none yet. To change a password, delete its Secret,
// sync, and restart the service.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

const { NAMESPACE, SERVICES, OPTIONS, KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT } = process.env;
const token = readFileSync("/var/run/secrets/kubernetes.io/serviceaccount/token", "utf8");
const host = KUBERNETES_SERVICE_HOST.includes(":") ? `[${KUBERNETES_SERVICE_HOST}]` : KUBERNETES_SERVICE_HOST;
const secrets = `https://${host}:${KUBERNETES_SERVICE_PORT}/api/v1/namespaces/${NAMESPACE}/secrets`;
const conflict = 409;

for (const service of SERVICES.split(" ")) {
  const password = randomBytes(24).toString("base64url"); // safe in an address as it is
  const response = await fetch(secrets, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({
      apiVersion: "v1",
      kind: "Secret",
      type: "kubernetes.io/basic-auth", // what CloudNativePG wants of a role's password
      metadata: {
        name: `${service}-database`,
        labels: { "app.kubernetes.io/part-of": "shopping-mall", "cnpg.io/reload": "true" },
      },
      stringData: {
        username: service,
        password,
        uri: `postgres://${service}:${password}@database-rw:5432/${service}${OPTIONS}`,
      },
    }),
  });
  if (!response.ok && response.status !== conflict)
    throw new Error(`${service}: ${response.status} ${await response.text()}`);
  process.stdout.write(`${service}: ${response.ok ? "created" : "is there"}\n`);
}
