import { type FileSpec, RECORDED_AT } from "../file-spec";
import { PLACE, placeOf } from "./place-sql";

/** Clocks differ, and a date may be of a zone a day ahead; what is further on has not happened yet. */
export const AHEAD_DAYS_MAX = 2;

/**
 * Takes rows out that tell of a time to come: facts are what has happened, and the day after they would count although
 * nobody said that they did. $1: the latest time that is taken; $2: the company's zone, in which days are.
 */
export function rejectFutureSql(spec: FileSpec): string {
  const dated = spec.columns
    .filter(({ reader, ahead }) => !ahead && (reader.type === "timestamptz" || reader.type === "date"))
    .map(({ name, column, reader }) =>
      reader.type === "date"
        ? { name, isAhead: `s."${column}" > l.day`, value: `s."${column}"::text` }
        : timeAhead(name, column),
    );
  // Where it is assumed, a lag may reach ahead: then the row is known later, as the setting says.
  const recorded = timeAhead(RECORDED_AT, RECORDED_AT);
  const columns = [...dated, { ...recorded, isAhead: `(s.recorded_basis = 'source' AND ${recorded.isAhead})` }];
  const choose = (pick: (column: (typeof columns)[number]) => string) =>
    `CASE ${columns.map((column) => `WHEN ${column.isAhead} THEN ${pick(column)}`).join(" ")} END`;
  return `
  WITH latest AS (
    SELECT $1::timestamptz AS at, ($1::timestamptz AT TIME ZONE $2)::date AS day
  ), ahead AS (
    DELETE FROM staged s USING latest l WHERE ${columns.map(({ isAhead }) => isAhead).join(" OR ")}
    RETURNING ${placeOf("s")}, ${choose(({ name }) => `'${name}'`)} AS "column", ${choose(({ value }) => value)} AS value
  )
  INSERT INTO rejected (${PLACE}, "column", value, reason)
  SELECT ${PLACE}, "column", value, 'in the future, by more than ${AHEAD_DAYS_MAX} days' FROM ahead ORDER BY row_no`;
}

function timeAhead(name: string, column: string) {
  return {
    name,
    isAhead: `s."${column}" > l.at`,
    value: `to_char(s."${column}" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  };
}
