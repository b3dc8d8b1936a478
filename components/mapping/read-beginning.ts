const BEGINNING_BYTES = 256 * 1024;
const LINE_FEED = 10;
const CHARACTERS_AT_ONCE = 8192;

/** The beginning of a chosen file, up to the end of a line, in base64: nothing more of it leaves the browser. */
export async function readBeginning(file: File): Promise<{ name: string; content: string }> {
  const bytes = new Uint8Array(await file.slice(0, BEGINNING_BYTES).arrayBuffer());
  const kept = file.size > bytes.length ? bytes.subarray(0, endOfLastLine(bytes)) : bytes;
  let binary = "";
  for (let at = 0; at < kept.length; at += CHARACTERS_AT_ONCE) {
    binary += String.fromCharCode(...kept.subarray(at, at + CHARACTERS_AT_ONCE));
  }
  return { name: file.name, content: btoa(binary) };
}

/** Behind the last line feed, with the zero byte that belongs to it in UTF-16 of little endian. */
function endOfLastLine(bytes: Uint8Array): number {
  const feed = bytes.lastIndexOf(LINE_FEED);
  if (feed === -1) return bytes.length;
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return feed + (wide ? 2 : 1);
}
