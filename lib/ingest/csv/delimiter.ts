import { DELIMITERS, type Delimiter, ImportError } from "../contract";
import { splitRecord } from "./split-record";

export const DEFAULT_DELIMITER: Delimiter = ",";

const WORDS: Readonly<Record<Delimiter, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars (|)",
};

/**
 * Refuses a header that is one field by the delimiter expected and several by another.
 * @param args.header its text, as it stands in the file
 * @throws ImportError that says which.
 */
export function refuseOtherDelimiter(args: { name: string; line: number; header: string; delimiter: Delimiter }): void {
  const { name, line, header, delimiter } = args;
  const found = DELIMITERS.find((other) => other !== delimiter && fieldCount(header, other) > 1);
  if (found === undefined || fieldCount(header, delimiter) > 1) return;
  throw new ImportError(
    `${name} line ${line}: the columns are separated by ${WORDS[found]}; expected ${WORDS[delimiter]} between them`,
  );
}

/** Fields of the record that a text begins with; 0 where it is none by this delimiter. */
function fieldCount(text: string, delimiter: Delimiter): number {
  const record = splitRecord(text, 0, true, delimiter);
  return record !== "incomplete" && "fields" in record ? record.fields.length : 0;
}
