import type { Zone } from "@/lib/calendar/weeks";
import type { Delimiter } from "./contract";
import type { FieldContext } from "./fields";
import type { FileSpec } from "./file-spec";
import { createRowEncoder, type Rejection } from "./row-encoder";

/** One CSV file as it comes, and how its rows become rows of one canonical file. */
export type Feed = {
  /** Name of the file in the directory of the import. */
  readonly file: string;
  readonly bytes: number;
  readonly delimiter: Delimiter;
  /** The first of the feeds of its file: rows that are broken as such are told by this one only. */
  readonly first: boolean;
  /** Where the file holds personal data, the columns that do: quarantine keeps neither their values nor the rows; null where it holds none. */
  readonly personal: ReadonlySet<string> | null;
  /** @throws ImportError where the header is not the one expected. */
  readonly bind: (header: readonly string[], args: BindArgs) => BoundFeed;
};

/** What encoding depends on beside the row. */
export type BindArgs = {
  readonly historical: boolean;
  readonly receivedAt: Date;
  /** The company's. */
  readonly zone: Zone;
  readonly context: FieldContext;
};

export type BoundFeed = {
  readonly outputs: readonly BoundOutput[];
  /** Whether anything at all becomes of a row, by this feed or by another of its file. */
  readonly isUsed: (fields: readonly string[]) => boolean;
};

/** One canonical row, or none, for each row of the file. */
export type BoundOutput = {
  /** The row for staging, what is wrong with it, or undefined where it is not for this output. */
  readonly encode: (fields: readonly string[]) => string | Rejection | undefined;
  /** Says what the merge refused, in canonical columns, by the file's own columns and values. */
  readonly explain: (rejection: Rejection, fields: readonly string[]) => Rejection;
  /** What the rows name in place of their customer; null where they name the customer. */
  readonly naming: CustomerNaming | null;
};

/** How a row that does not name its customer names it: by a subscription, or by a key that other files of the import have. */
export type CustomerNaming =
  | { readonly by: "subscription" }
  | {
      readonly by: "file";
      /** The files' name in the mapping, and the column of the key there. */
      readonly name: string;
      readonly key: string;
      readonly files: readonly CustomerFile[];
    };

/** A file that says which customer a key stands for. */
export type CustomerFile = {
  readonly file: string;
  readonly delimiter: Delimiter;
  /** Places of both columns. @throws ImportError where the header is not the one expected. */
  readonly bind: (header: readonly string[]) => { key: number; customer: number };
};

/** A canonical file that feeds itself. */
export function canonicalFeed(spec: FileSpec, bytes: number): Feed {
  const personal = spec.columns.filter((column) => column.personal).map(({ name }) => name);
  return {
    file: spec.file,
    bytes,
    delimiter: ",",
    first: true,
    personal: personal.length > 0 ? new Set(personal) : null,
    bind: (header, args) => ({
      outputs: [
        {
          encode: createRowEncoder({ ...args, spec, header }),
          explain: (rejection) => rejection,
          naming: null,
        },
      ],
      isUsed: () => true,
    }),
  };
}
