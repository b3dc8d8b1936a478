/** What stood between two record starts: its fields, or why it is no record. `end` is the index after its line break. */
export type SplitRecord =
  | { readonly fields: string[]; readonly end: number; readonly lines: number }
  | { readonly fault: string; readonly end: number; readonly lines: number }
  | "incomplete";

const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;

/**
 * Splits the record that begins at `start` by RFC 4180: fields in quotes may hold delimiters, line breaks and doubled
 * quotes; a quote inside an unquoted field or text behind a closing quote is a fault. It costs the record's first line:
 * where a quote was opened by mistake, the lines up to the next one are rows of their own. "incomplete" where `text`
 * ends before the record does, unless `final` says that nothing follows.
 */
export function splitRecord(text: string, start: number, final: boolean, delimiter = ","): SplitRecord {
  const separator = delimiter.charCodeAt(0);
  const faulty = (fault: string) => ({ fault, end: nextLine(text, start), lines: 1 });
  const fields: string[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    let field: string;
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at + 1);
      if (close === -1) return final ? faulty("a quoted field is never closed") : "incomplete";
      const inner = text.slice(at + 1, close);
      lines += countLineFeeds(inner);
      field = inner.includes('""') ? inner.replaceAll('""', '"') : inner;
      at = close + 1;
      if (at >= text.length && !final) return "incomplete";
      if (text.charCodeAt(at) === RETURN && at + 1 >= text.length && !final) return "incomplete";
    } else {
      const from = at;
      let code = text.charCodeAt(at);
      while (at < text.length && code !== separator && code !== LINE_FEED && code !== QUOTE)
        code = text.charCodeAt(++at);
      if (at >= text.length && !final) return "incomplete";
      if (code === QUOTE && at < text.length) {
        return faulty("a quote inside an unquoted field");
      }
      const trailing = (at >= text.length || code === LINE_FEED) && text.charCodeAt(at - 1) === RETURN && at > from;
      field = text.slice(from, trailing ? at - 1 : at);
    }
    fields.push(field);
    const code = at < text.length ? text.charCodeAt(at) : LINE_FEED;
    if (code === separator) {
      at += 1;
      if (at >= text.length && !final) return "incomplete";
    } else if (code === LINE_FEED) return { fields, end: at + 1, lines };
    else if (code === RETURN && (at + 1 >= text.length || text.charCodeAt(at + 1) === LINE_FEED)) {
      return { fields, end: at + 2, lines };
    } else return faulty("text behind a closing quote");
  }
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  return -1;
}

/** Index after the next line break at or behind `from`. */
export function nextLine(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  return feed === -1 ? text.length : feed + 1;
}

function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
