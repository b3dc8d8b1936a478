import { CANONICAL_FILES, type CanonicalColumns } from "@/lib/ingest/contract";
import type { FileDraft } from "../draft";
import type { KnownFile } from "../known-file";

/** A file whose columns are those of a canonical one needs no translation. */
export function canonicalDraft(file: KnownFile, canonical: CanonicalColumns): FileDraft | null {
  for (const name of CANONICAL_FILES) {
    const known = canonical[name];
    const required = known.filter((column) => column.required);
    if (!required.every((column) => file.sample.header.includes(column.name))) continue;
    if (!file.sample.header.every((column) => known.some((other) => other.name === column))) continue;
    return {
      role: "the product's own form",
      why: `its columns are those of ${name}`,
      outputs: [
        {
          to: name,
          why: "each row as it stands",
          when: [],
          columns: Object.fromEntries(
            file.sample.header.map((column) => [column, { value: { column }, why: "the same name" }]),
          ),
        },
      ],
      notes: [],
    };
  }
  return null;
}
