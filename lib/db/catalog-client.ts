import { AsyncLocalStorage } from "node:async_hooks";
import { ColumnTypeEnum, type SqlQuery, type SqlResultSet } from "@prisma/driver-adapter-utils";
import { Client, type QueryResult } from "pg";

/** Postgres's one-byte "char" type, which only its catalogs use, and text. */
const CATALOG_CHAR_OID = 18;
const TEXT_OID = 25;

/** Positions of the "char" columns in the result under way. */
const charColumns = new AsyncLocalStorage<Set<number>>();

/**
 * Lets Prisma's adapter (7.10) read the catalogs' "char" columns. It has no mapping for that type and refuses every
 * introspection, although the schema engine's own catalog queries select such columns: CatalogClient hides the type
 * from the adapter, and this puts it back in what the engine gets.
 */
export async function readingCatalogChars(query: SqlQuery, run: (query: SqlQuery) => Promise<SqlResultSet>) {
  const seen = new Set<number>();
  const result = await charColumns.run(seen, () => run(query));
  const columnTypes = result.columnTypes.map((type, i) => (seen.has(i) ? ColumnTypeEnum.Character : type));
  return { ...result, columnTypes };
}

/** A pg client that reports "char" columns as text and notes where they were. */
export class CatalogClient extends Client {
  constructor(config?: ConstructorParameters<typeof Client>[0]) {
    super(config);
    const send = this.query.bind(this) as unknown as (...parameters: unknown[]) => unknown;
    const query = (...parameters: unknown[]): unknown => {
      const seen = charColumns.getStore();
      const last = parameters.at(-1);
      if (typeof last === "function") {
        const callback = last as (error: Error | null, result?: QueryResult) => void;
        return send(...parameters.slice(0, -1), (error: Error | null, result?: QueryResult) => {
          hideChars(result, seen);
          callback(error, result);
        });
      }
      const sent = send(...parameters);
      return sent instanceof Promise ? sent.then((result) => hideChars(result, seen)) : sent;
    };
    this.query = query as typeof this.query;
  }
}

function hideChars<R>(result: R, seen: Set<number> | undefined): R {
  const { fields = [] } = (result ?? {}) as { fields?: { dataTypeID: number }[] };
  fields.forEach((field, i) => {
    if (field.dataTypeID !== CATALOG_CHAR_OID) return;
    field.dataTypeID = TEXT_OID;
    seen?.add(i);
  });
  return result;
}
