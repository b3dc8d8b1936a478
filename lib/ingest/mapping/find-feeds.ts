import { ImportError } from "../contract";
import type { BindArgs, BoundFeed, Feed } from "../feed";
import type { FileSpec } from "../file-spec";
import { FILE_SPECS } from "../files";
import { fileSize, listDirectory, type Step } from "../find-feeds";
import { listed } from "../name-list";
import { bindOutput, type FilesNamed } from "./bind-output";
import { compileConditions } from "./compile-condition";
import type { FileMapping, Mapping, Output } from "./contract";
import { personalColumns } from "./value-columns";

/**
 * The files of a directory that a mapping names, by the canonical files that they feed, in the order of import.
 * @throws ImportError where there is none, a CSV file that the mapping does not name, or one that it names twice.
 */
export async function findMappedFeeds(args: { directory: string; mapping: Mapping }): Promise<Step[]> {
  const { directory, mapping } = args;
  const { source } = mapping;
  const found = matchFiles(await listDirectory(directory), args);
  const filesNamed = createFilesNamed({ directory, source, found });
  const seen = new Set<string>();
  const steps: { spec: FileSpec; feeds: Feed[] }[] = [];
  for (const spec of FILE_SPECS) {
    const feeds: Feed[] = [];
    for (const { file, mapped } of found) {
      const outputs = mapped.outputs.filter(({ to }) => to === spec.file);
      if (outputs.length === 0) continue;
      const bytes = await fileSize(directory, file);
      feeds.push(createFeed({ file, bytes, mapped, spec, outputs, source, first: !seen.has(file), filesNamed }));
      seen.add(file);
    }
    if (feeds.length > 0) steps.push({ spec, feeds });
  }
  if (steps.length === 0) {
    throw new ImportError(
      `${directory}: nothing to import; the mapping of ${mapping.source} makes rows of ${usedNames(mapping).join(", ")}`,
    );
  }
  return steps;
}

function createFilesNamed(args: {
  directory: string;
  source: string;
  found: readonly { file: string; mapped: FileMapping }[];
}): FilesNamed {
  return (customerIn) => {
    const matching = args.found.filter(({ mapped }) => mapped.name === customerIn.file);
    if (matching.length === 0) {
      throw new ImportError(
        `${args.directory}: ${customerIn.file} is missing, which says whose rows of other files are: send it with them`,
      );
    }
    return matching.map(({ file, mapped }) => ({
      file,
      delimiter: mapped.delimiter,
      bind: (header) => {
        const positions = bindHeader({ file, mapped, source: args.source }, header);
        const placeOf = (column: string) => positions.get(column) as number;
        return { key: placeOf(customerIn.key), customer: placeOf(customerIn.customer) };
      },
    }));
  };
}

function matchFiles(names: string[], args: { directory: string; mapping: Mapping }) {
  const { directory, mapping } = args;
  const patterns = mapping.files.map((mapped) => ({ mapped, pattern: namePattern(mapped.name) }));
  const strangers: string[] = [];
  const found: { file: string; mapped: FileMapping }[] = [];
  for (const file of names.sort()) {
    const matches = patterns.filter(({ pattern }) => pattern.test(file));
    if (matches.length > 1) {
      const by = matches.map(({ mapped }) => mapped.name).join(" and ");
      throw new ImportError(`${directory}: the mapping of ${mapping.source} names ${file} twice: ${by}`);
    }
    if (matches[0]) found.push({ file, mapped: matches[0].mapped });
    else if (/\.(csv|tsv)$/i.test(file)) strangers.push(file);
  }
  if (strangers.length > 0) {
    throw new ImportError(
      `${directory}: the mapping of ${mapping.source} does not name ${strangers.join(", ")}; it names ${mapping.files.map(({ name }) => name).join(", ")}`,
    );
  }
  return found;
}

function usedNames(mapping: Mapping): string[] {
  return mapping.files.filter(({ outputs }) => outputs.length > 0).map(({ name }) => name);
}

/** A name with * for any text, without regard to case. */
export function namePattern(name: string): RegExp {
  return new RegExp(
    `^${name
      .split("*")
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "i",
  );
}

type FeedArgs = {
  file: string;
  bytes: number;
  mapped: FileMapping;
  spec: FileSpec;
  /** Those of the mapped file that make rows of the canonical one. */
  outputs: readonly Output[];
  source: string;
  first: boolean;
  filesNamed: FilesNamed;
};

function createFeed(args: FeedArgs): Feed {
  const { file, bytes, mapped, first } = args;
  const specOf = (output: Output) => FILE_SPECS.find((spec) => spec.file === output.to) as FileSpec;
  return {
    file,
    bytes,
    delimiter: mapped.delimiter,
    first,
    personal: personalColumns(mapped.outputs.map((output) => ({ output, spec: specOf(output) }))),
    bind: (header, bindArgs) => bindFeed(args, header, bindArgs),
  };
}

function bindFeed(args: FeedArgs, header: readonly string[], bindArgs: BindArgs): BoundFeed {
  const { mapped, spec, filesNamed } = args;
  const positions = bindHeader(args, header);
  const uses = mapped.outputs.map(({ when }) => compileConditions(when, positions));
  return {
    outputs: args.outputs.map((output) => bindOutput({ ...bindArgs, output, spec, positions, filesNamed })),
    isUsed: (fields) => uses.some((holds) => holds(fields)),
  };
}

function bindHeader(
  { file, mapped, source }: Pick<FeedArgs, "file" | "mapped" | "source">,
  header: readonly string[],
): Map<string, number> {
  const names = header.map((name) => name.trim());
  const quoted = (list: readonly string[]) => listed(list.map((name) => `"${name}"`));
  const twice = names.filter((name, position) => names.indexOf(name) !== position);
  if (twice.length > 0) throw new ImportError(`${file} line 1: column ${quoted(twice)} is there twice`);
  const missing = mapped.header.filter((name) => !names.includes(name));
  const strange = names.filter((name) => !mapped.header.includes(name));
  if (missing.length + strange.length > 0) {
    const faults = [
      ...(missing.length > 0 ? [`missing ${quoted(missing)}`] : []),
      ...(strange.length > 0 ? [`new ${quoted(strange)}`] : []),
    ].join("; ");
    throw new ImportError(
      `${file} line 1: the header is not the one that the mapping of ${source} was made for: ${faults}`,
    );
  }
  return new Map(names.map((name, position) => [name, position]));
}
