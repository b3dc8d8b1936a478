import { ModelFormatError } from "./errors";
import { type DocumentValue, documentDepthMax } from "./ubj-reader";

/**
 * Parses JSON and refuses repeated keys (readers disagree on which of two wins, and what was checked must be what is loaded)
 * and deep nesting.
 *
 * @throws ModelFormatError on text that is not UTF-8, not JSON, repeats a key or nests too deep
 */
export function readStrictJson(bytes: Uint8Array): DocumentValue {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ModelFormatError("document", "not UTF-8");
  }
  let value: DocumentValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ModelFormatError("document", `not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  refuseRepeatsAndDepth(text);
  return value;
}

// The text is known to be valid JSON here, so strings and brackets are all that has to be followed.
function refuseRepeatsAndDepth(text: string): void {
  const open: (Set<string> | null)[] = [];
  let keyNext = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    // XGBoost reads nested values by recursion; nesting deep enough would overflow its stack.
    if (open.length > documentDepthMax) {
      throw new ModelFormatError(`character ${index}`, `nested deeper than ${documentDepthMax}`);
    }
    if (character === '"') {
      const end = endOfString(text, index);
      const keys = open.at(-1);
      if (keyNext && keys) {
        const key: string = JSON.parse(text.slice(index, end + 1));
        if (keys.has(key)) throw new ModelFormatError(`character ${index}`, `key ${JSON.stringify(key)} appears twice`);
        keys.add(key);
        keyNext = false;
      }
      index = end;
    } else if (character === "{") {
      open.push(new Set());
      keyNext = true;
    } else if (character === "[") {
      open.push(null);
    } else if (character === "}" || character === "]") {
      open.pop();
      keyNext = false;
    } else if (character === ",") {
      keyNext = open.at(-1) instanceof Set;
    }
  }
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text[index] !== '"') index += text[index] === "\\" ? 2 : 1;
  return index;
}
