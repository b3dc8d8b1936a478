export const PLACE_COLUMNS: readonly string[] = ["row_no", "feed", "line", "byte_offset"];

/** The columns of staged and refused rows that say where they come from. */
export const PLACE = PLACE_COLUMNS.join(", ");

/** The same, of one table of a join. */
export function placeOf(alias: string): string {
  return PLACE_COLUMNS.map((column) => `${alias}.${column}`).join(", ");
}
