import { formatBytes } from "@/components/ui/format";

/** What keeps files from being sent, in a sentence; null where nothing does. The server judges them again. */
export function problemOf(
  files: readonly { readonly name: string; readonly size: number }[],
  limits: { bytesMax: number },
): string | null {
  if (files.length === 0) return "Choose at least one file.";
  const other = files.find((file) => !/.\.csv$/i.test(file.name));
  if (other) return `${other.name} is no .csv file: save or export it as CSV.`;
  const empty = files.find((file) => file.size === 0);
  if (empty) return `${empty.name} is empty.`;
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (bytes > limits.bytesMax)
    return `Together they have ${formatBytes(bytes)}: at most ${formatBytes(limits.bytesMax)} are taken at once.`;
  return null;
}
