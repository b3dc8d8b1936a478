import path from "node:path";
import type { PoolClient } from "pg";
import { copyRows } from "@/lib/db/copy";
import { decodeField, readRecords } from "../csv/read-records";
import type { CustomerFile, CustomerNaming } from "../feed";
import { execute } from "../repository";
import { CREATE_TOLD, NAME_BY_SUBSCRIPTIONS, NAME_BY_TOLD, NAME_CUSTOMERS, REJECT_UNNAMED } from "./naming-sql";

/** Puts customers in the place of what the rows of some feeds name instead of them; rows that name nobody are refused. */
export async function nameCustomers(args: {
  client: PoolClient;
  directory: string;
  naming: CustomerNaming;
  /** Numbers of the feeds. */
  feeds: readonly number[];
  signal?: AbortSignal;
}): Promise<void> {
  const { client, naming, feeds } = args;
  if (naming.by === "subscription") await execute(client, NAME_BY_SUBSCRIPTIONS);
  else {
    await execute(client, CREATE_TOLD);
    for (const file of naming.files) await readTold({ ...args, file });
    await execute(client, NAME_BY_TOLD);
  }
  await execute(client, "ANALYZE naming");
  await execute(client, REJECT_UNNAMED, [feeds, ...reasonsOf(naming)]);
  await execute(client, NAME_CUSTOMERS, [feeds]);
  await execute(client, "DROP TABLE IF EXISTS naming, told");
  await execute(client, "ANALYZE staged");
}

function reasonsOf(naming: CustomerNaming): [none: string, several: string] {
  if (naming.by === "subscription") return ["unknown subscription", "this subscription belongs to several customers"];
  return [
    `no row of ${naming.name} has this ${naming.key}`,
    `rows of ${naming.name} with this ${naming.key} name several customers`,
  ];
}

/** Rows that are broken, or lack one of both, tell nothing; whether they matter is seen at the rows that need them. */
async function readTold(args: { client: PoolClient; directory: string; file: CustomerFile; signal?: AbortSignal }) {
  const { client, file } = args;
  let rows: [string, string][] = [];
  let width = 0;
  let places = { key: 0, customer: 0 };
  const text = (field: string | undefined) =>
    decodeField(field ?? "")
      .replaceAll("\0", "")
      .trim();
  await readRecords({
    path: path.join(args.directory, file.file),
    name: file.file,
    delimiter: file.delimiter,
    signal: args.signal,
    sink: {
      header: (header) => {
        width = header.length;
        places = file.bind(header);
      },
      record: (fields) => {
        if (fields.length !== width) return;
        const key = text(fields[places.key]);
        const customer = text(fields[places.customer]);
        if (key !== "" && customer !== "") rows.push([key, customer]);
      },
      malformed: () => {},
      chunk: async () => {
        if (rows.length > 0) await copyRows({ client, table: "told", columns: ["key", "customer_source_id"], rows });
        rows = [];
      },
    },
  });
}
