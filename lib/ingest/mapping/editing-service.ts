import type { Actor } from "@/lib/audit/contract";
import { DomainError } from "@/lib/http/domain-error";
import { getSettings } from "@/lib/settings/service";
import { type CanonicalColumns, ImportError } from "../contract";
import { time } from "../fields";
import { RECORDED_AT } from "../file-spec";
import { FILE_SPECS } from "../files";
import { createTimeReader } from "../times";
import type { MappingPreview, MappingVersion, SampleFile, SaveMapping } from "./editing-contract";
import { previewMapping } from "./preview-mapping";
import { saveMapping } from "./service";
import { findMappingVersions, findNewestVersions } from "./versions-repository";

/** Shown values of user ids are hashed with it; nothing is stored. */
const PREVIEW_SALT = "preview";

/** What each canonical file takes, column by column, with what is expected of each in words. */
export function listCanonicalColumns(): CanonicalColumns {
  const recordedAt = {
    name: RECORDED_AT,
    required: false,
    requiredFor: [],
    expected: time.expected,
    type: time.type,
    words: [],
  };
  const entries = FILE_SPECS.map(({ file, columns }) => [
    file,
    [
      ...columns.map(({ name, required, requiredFor, reader }) => ({
        name,
        required: required === true,
        requiredFor: requiredFor ?? [],
        expected: reader.expected,
        type: reader.type,
        words: reader.words ?? [],
      })),
      recordedAt,
    ],
  ]);
  return Object.fromEntries(entries) as CanonicalColumns;
}

/** What a mapping makes of the first rows of files, by the settings in force. The caller has checked the permission. */
export async function previewMappedRows(args: {
  mapping: unknown;
  samples: readonly SampleFile[];
  now: Date;
}): Promise<MappingPreview> {
  const { zone, currency, historicalLagHours } = await getSettings();
  return previewMapping({
    mapping: args.mapping,
    samples: args.samples,
    zone,
    receivedAt: args.now,
    context: {
      times: createTimeReader({ zone, lagHours: historicalLagHours }),
      currency,
      salt: PREVIEW_SALT,
      ascii: false,
    },
  });
}

/**
 * Saves a mapping that was made on the page as the next version of its source's. Repeating it changes nothing. The caller
 * has checked the permission.
 * @throws DomainError invalid_input naming the place of what cannot be meant so; conflict where somebody else has saved
 *   another one since `basedOn`.
 */
export async function saveEditedMapping(args: SaveMapping & { actor: Actor }): Promise<{ version: number }> {
  try {
    const { version } = await saveMapping(args);
    return { version };
  } catch (error) {
    if (error instanceof ImportError) throw new DomainError("invalid_input", error.message);
    throw error;
  }
}

/** The mapping in force of each source, by source. The caller has checked the permission. */
export function listNewestVersions(): Promise<MappingVersion[]> {
  return findNewestVersions();
}

/** All versions of a source's mapping, newest first. The caller has checked the permission. */
export function listMappingVersions(source: string): Promise<MappingVersion[]> {
  return findMappingVersions(source);
}
