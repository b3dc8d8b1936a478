import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { locateDeliveredFile } from "@/lib/deliveries/sample-service";
import { DomainError } from "@/lib/http/domain-error";
import { ImportError } from "@/lib/ingest/contract";
import type { SampleFile } from "@/lib/ingest/mapping/editing-contract";
import { listCanonicalColumns } from "@/lib/ingest/mapping/editing-service";
import { previewFile } from "@/lib/ingest/service";
import { getSettings } from "@/lib/settings/service";
import type { DeliveredSample, MappingProposal, SampleUpload } from "./contract";
import { proposeMapping } from "./propose";

const ROWS_MAX = 200;

/**
 * Reads the beginning of a foreign file by the code that imports: encoding, delimiter, header and first rows. One that is
 * sent along stands in a temporary file meanwhile and is kept nowhere. The caller has checked the permission.
 * @throws DomainError refused where it is no CSV file, with what it is in words; not_found where a delivered file is gone.
 */
export async function readSample(asked: SampleUpload | DeliveredSample): Promise<SampleFile> {
  return "content" in asked
    ? readUpload(asked)
    : readBeginning({ path: await locateDeliveredFile(asked), name: asked.name });
}

async function readUpload(upload: SampleUpload): Promise<SampleFile> {
  const directory = await mkdtemp(path.join(tmpdir(), "tideline-sample-"));
  try {
    const file = path.join(directory, "sample");
    await writeFile(file, Buffer.from(upload.content, "base64"), { mode: 0o600 });
    return await readBeginning({ path: file, name: upload.name });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function readBeginning(args: { path: string; name: string }): Promise<SampleFile> {
  try {
    const { delimiter, header, rows } = await previewFile({ ...args, rowsMax: ROWS_MAX });
    return { name: args.name, delimiter, header, rows };
  } catch (error) {
    if (error instanceof ImportError) throw new DomainError("refused", error.message);
    throw error;
  }
}

/** Proposes the mapping of foreign files by their beginnings. The caller has checked the permission. */
export async function proposeForSamples(args: {
  source: string;
  samples: readonly SampleFile[];
}): Promise<MappingProposal> {
  const { currency } = await getSettings();
  return proposeMapping({ ...args, canonical: listCanonicalColumns(), currency });
}
