import { type Client, DatabaseError, escapeIdentifier, escapeLiteral } from "pg";
import { LaunchError } from "../launch-error.ts";
import { withClient } from "./client.ts";

/**
 * Gives a service a database of its own and a role that can reach nothing else, both called `mall_<name>`; what is
 * there already is kept, and its role gets this password. Returns the service's connection string.
 * Throws LaunchError when the administrator may not do so.
 */
export async function provisionDatabase(adminUrl: string, name: string, password: string): Promise<string> {
  await provisionDatabases(adminUrl, { [name]: password });
  return databaseUrl(adminUrl, name, password);
}

/** The same for several services over one connection. `passwords` is by service name. */
export async function provisionDatabases(adminUrl: string, passwords: Record<string, string>): Promise<void> {
  await withClient(adminUrl, async (client) => {
    // Two malls may start on one server at the same time. The lock ends with the connection.
    await client.query("SELECT pg_advisory_lock(hashtext('mall: provision databases'))");
    const existing = await findExisting(client);
    for (const [name, password] of Object.entries(passwords)) {
      try {
        await provision(client, databaseName(name), password, existing);
      } catch (error) {
        throw notAllowed(error, databaseName(name));
      }
    }
  });
}

/** Where a service finds its database: the administrator's server and options, its own role. */
export function databaseUrl(adminUrl: string, name: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = databaseName(name);
  url.password = encodeURIComponent(password);
  url.pathname = `/${databaseName(name)}`;
  return url.href;
}

interface Existing {
  roles: Set<string>;
  databases: Set<string>;
  superuser: boolean;
}

function databaseName(service: string): string {
  return `mall_${service}`;
}

async function findExisting(client: Client): Promise<Existing> {
  const { rows } = await client.query<{ roles: string[]; databases: string[]; superuser: boolean }>(
    `SELECT array(SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'mall\\_%') AS roles,
            array(SELECT datname::text FROM pg_database WHERE datname LIKE 'mall\\_%') AS databases,
            current_setting('is_superuser') = 'on' AS superuser`,
  );
  const found = rows[0] ?? { roles: [], databases: [], superuser: false };
  return { roles: new Set(found.roles), databases: new Set(found.databases), superuser: found.superuser };
}

async function provision(client: Client, name: string, password: string, existing: Existing): Promise<void> {
  const identifier = escapeIdentifier(name);
  const secret = escapeLiteral(password);
  if (existing.roles.has(name)) {
    await client.query(`ALTER ROLE ${identifier} PASSWORD ${secret}`);
  } else {
    await client.query(`CREATE ROLE ${identifier} LOGIN NOINHERIT PASSWORD ${secret}`);
  }
  if (!existing.databases.has(name)) {
    // Only a member of a role may give it a database, unless a superuser does (PostgreSQL 16 and later).
    if (!existing.superuser) await client.query(`GRANT ${identifier} TO CURRENT_USER`);
    // Ten databases on a new, durable cluster: 0.65 s by WAL_LOG, 1.2 s by FILE_COPY, which makes a checkpoint each.
    await client.query(`CREATE DATABASE ${identifier} OWNER ${identifier} STRATEGY wal_log`);
  }
  await client.query(`REVOKE CONNECT ON DATABASE ${identifier} FROM PUBLIC`);
}

function notAllowed(error: unknown, name: string): unknown {
  const insufficientPrivilege = "42501";
  if (!(error instanceof DatabaseError) || error.code !== insufficientPrivilege) return error;
  return new LaunchError(
    `DATABASE_URL may not make the database and role ${name} (${error.message}): use a role that has CREATEDB and CREATEROLE, or unset DATABASE_URL to use the embedded PostgreSQL.`,
    { cause: error },
  );
}
