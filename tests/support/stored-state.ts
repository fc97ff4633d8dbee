import { serviceTable } from "./service-table.ts";
import type { WholeMall } from "./whole-mall.ts";

/** A checksum of every table of every service, by `service.schema.table`: equal as long as nothing has changed. */
export async function storedState(mall: WholeMall): Promise<Record<string, string>> {
  const storing = serviceTable.filter(({ database }) => database);
  const states = await Promise.all(storing.map(({ name }) => stateOf(mall, name)));
  return Object.fromEntries(states.flat());
}

async function stateOf(mall: WholeMall, service: string): Promise<[string, string][]> {
  const tables = await mall.query<{ name: string }>(
    service,
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const checksums = tables.map(
    ({ name }) => `
      select '${name}' as name, count(*) || ' rows, ' || coalesce(md5(string_agg(each::text, ',' order by each::text)), '')
        as checksum from ${name} as each`,
  );
  const rows = await mall.query<{ name: string; checksum: string }>(service, checksums.join(" union all "));
  return rows.map(({ name, checksum }) => [`${service}.${name}`, checksum]);
}
