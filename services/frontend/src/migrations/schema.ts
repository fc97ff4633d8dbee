import type { ColumnType } from "kysely";

/** What a session has told us of its owner, to fill forms in. Personal data: it goes nowhere but into those forms. */
export interface ProfileTable {
  session_id: string;
  name: string;
  email: string;
  line1: string;
  city: string;
  postal_code: string;
  country: string;
  locale: string;
  currency: string;
  updated_at: ColumnType<Date, Date, Date>;
}

/** One row. */
export interface SessionKeyTable {
  key: Buffer;
}

export interface FrontendSchema {
  profiles: ProfileTable;
  session_key: SessionKeyTable;
}
