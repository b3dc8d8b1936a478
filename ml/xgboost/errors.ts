/** A call into libxgboost failed; `call` is the C function, the message ends with what XGBoost said. */
export class XgboostError extends Error {
  override readonly name = "XgboostError";
  readonly call: string;
  readonly detail: string;

  constructor(call: string, detail: string) {
    super(`${call}: ${firstLines(detail)}`);
    this.call = call;
    this.detail = detail;
  }
}

/** No usable libxgboost was found; the message lists what was tried, why each failed, and the commands that mend it. */
export class XgboostLibraryError extends Error {
  override readonly name = "XgboostLibraryError";
  readonly tried: readonly { path: string; reason: string }[];

  constructor(message: string, tried: readonly { path: string; reason: string }[]) {
    super(message);
    this.tried = tried;
  }
}

/** Model bytes that are broken or outside what is accepted; `path` points into the model document. */
export class ModelFormatError extends Error {
  override readonly name = "ModelFormatError";
  readonly path: string;

  constructor(path: string, problem: string) {
    super(`Model ${path}: ${problem}`);
    this.path = path;
  }
}

/** A matrix whose columns are not, by name and order, those of the model. */
export class ColumnMismatchError extends Error {
  override readonly name = "ColumnMismatchError";
}

/** An argument of training or prediction that XGBoost would misread or crash on. */
export class XgboostInputError extends Error {
  override readonly name = "XgboostInputError";
}

// XGBoost appends a native stack trace after the reason; it stays in `detail`.
function firstLines(detail: string): string {
  const beforeTrace = detail.split(/\n\s*Stack trace:/)[0] ?? detail;
  return beforeTrace.replace(/^\[\d\d:\d\d:\d\d\]\s*/, "").trim();
}
