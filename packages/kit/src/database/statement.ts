/** What is known of a statement by its text alone, worked out once: services run the same few all the time. */
export interface Statement {
  /** Under which the server keeps it, parsed and planned; undefined for one that is not worth it. */
  preparedAs: string | undefined;
  /** For a span's name: `SELECT products`. Low in cardinality. */
  summary: string;
  /** `SELECT`, `BEGIN`. */
  operation: string;
  opensTransaction: boolean;
  endsTransaction: boolean;
}

// Lists of ids make statements of many lengths; what goes beyond this is parsed each time, as everything once was.
const mostKnown = 300;
const known = new Map<string, Statement>();

export function statementOf(sql: string): Statement {
  const found = known.get(sql);
  if (found) return found;
  const mayBeKept = known.size < mostKnown;
  const statement = read(sql, mayBeKept ? `mall_${known.size}` : undefined);
  if (mayBeKept) known.set(sql, statement);
  return statement;
}

const verbs = /^\s*([a-z]+)/i;
const target = /\b(?:from|into|update|function)\s+"?([a-z_][\w.]*)/i;

function read(sql: string, name: string | undefined): Statement {
  const operation = (verbs.exec(sql)?.[1] ?? "statement").toUpperCase();
  const [, table] = target.exec(sql) ?? [];
  const opensTransaction = operation === "BEGIN" || operation === "START";
  const endsTransaction = operation === "COMMIT" || operation === "ROLLBACK";
  return {
    preparedAs: opensTransaction || endsTransaction ? undefined : name,
    summary: table ? `${operation} ${table}` : operation,
    operation,
    opensTransaction,
    endsTransaction,
  };
}
