import koffi, { type LibraryHandle } from "koffi";
import { XgboostError } from "./errors";

/** Address of a C object; 0n is never valid. */
export type Handle = bigint;

/** The C functions that are used, each throwing `XgboostError` with XGBoost's own message instead of returning -1. */
export type NativeFunctions = {
  createMatrixFromDense(valuesInterface: string, config: string): Handle;
  setMatrixInfo(matrix: Handle, field: "label" | "weight" | "base_margin", arrayInterface: string): void;
  setMatrixFeatureNames(matrix: Handle, names: readonly string[]): void;
  freeMatrix(matrix: Handle): void;
  createBooster(cached: readonly Handle[]): Handle;
  freeBooster(booster: Handle): void;
  setParam(booster: Handle, name: string, value: string): void;
  updateOneRound(booster: Handle, round: number, train: Handle): void;
  evalOneRound(booster: Handle, round: number, matrices: readonly Handle[], names: readonly string[]): string;
  slice(booster: Handle, beginRound: number, endRound: number): Handle;
  countRounds(booster: Handle): number;
  setFeatureNames(booster: Handle, names: readonly string[]): void;
  setAttribute(booster: Handle, key: string, value: string): void;
  /** Copies the result at once: XGBoost reuses its buffer at the next prediction. */
  predict(booster: Handle, matrix: Handle, config: string): { shape: number[]; values: Float32Array };
  saveModel(booster: Handle, format: "json" | "ubj"): Uint8Array;
  loadModel(booster: Handle, bytes: Uint8Array): void;
};

/** Declares the functions of an opened library. Throws when one is missing (library too old or not XGBoost). */
export function bindNativeFunctions(library: LibraryHandle): NativeFunctions {
  const lastError: () => string = library.func("const char *XGBGetLastError()");

  function declare(name: string, signature: string): (...args: unknown[]) => void {
    const native: (...args: unknown[]) => number = library.func(`int ${name}(${signature})`);
    return (...args) => {
      if (native(...args) !== 0) throw new XgboostError(name, lastError());
    };
  }

  const createFromDense = declare("XGDMatrixCreateFromDense", "const char *data, const char *config, _Out_ void **out");
  const setInfo = declare("XGDMatrixSetInfoFromInterface", "void *handle, const char *field, const char *data");
  const setMatrixStrings = declare(
    "XGDMatrixSetStrFeatureInfo",
    "void *handle, const char *field, const char **features, uint64_t size",
  );
  const freeMatrix = declare("XGDMatrixFree", "void *handle");
  const createBooster = declare("XGBoosterCreate", "void **dmats, uint64_t len, _Out_ void **out");
  const freeBooster = declare("XGBoosterFree", "void *handle");
  const setParam = declare("XGBoosterSetParam", "void *handle, const char *name, const char *value");
  const update = declare("XGBoosterUpdateOneIter", "void *handle, int iter, void *dtrain");
  const evaluate = declare(
    "XGBoosterEvalOneIter",
    "void *handle, int iter, void **dmats, const char **names, uint64_t len, _Out_ const char **out",
  );
  const slice = declare("XGBoosterSlice", "void *handle, int begin, int end, int step, _Out_ void **out");
  const countRounds = declare("XGBoosterBoostedRounds", "void *handle, _Out_ int *out");
  const setStrings = declare(
    "XGBoosterSetStrFeatureInfo",
    "void *handle, const char *field, const char **features, uint64_t size",
  );
  const setAttribute = declare("XGBoosterSetAttr", "void *handle, const char *key, const char *value");
  const predict = declare(
    "XGBoosterPredictFromDMatrix",
    "void *handle, void *dmat, const char *config, _Out_ void **shape, _Out_ uint64_t *dim, _Out_ void **result",
  );
  const saveModel = declare(
    "XGBoosterSaveModelToBuffer",
    "void *handle, const char *config, _Out_ uint64_t *len, _Out_ void **out",
  );
  const loadModel = declare("XGBoosterLoadModelFromBuffer", "void *handle, const uint8_t *buf, uint64_t len");

  // XGBoost would print warnings to stderr; what matters comes back as an error.
  declare("XGBSetGlobalConfig", "const char *config")(JSON.stringify({ verbosity: 0 }));

  return {
    createMatrixFromDense: (valuesInterface, config) =>
      outHandle((out) => createFromDense(valuesInterface, config, out)),
    setMatrixInfo: setInfo,
    setMatrixFeatureNames: (matrix, names) => setMatrixStrings(matrix, "feature_name", names, names.length),
    freeMatrix,
    createBooster: (cached) => outHandle((out) => createBooster(cached, cached.length, out)),
    freeBooster,
    setParam,
    updateOneRound: update,
    evalOneRound: (booster, round, matrices, names) => {
      const out: [string | null] = [null];
      evaluate(booster, round, matrices, names, matrices.length, out);
      return out[0] ?? "";
    },
    slice: (booster, beginRound, endRound) => outHandle((out) => slice(booster, beginRound, endRound, 1, out)),
    countRounds: (booster) => {
      const out: [number] = [0];
      countRounds(booster, out);
      return out[0];
    },
    setFeatureNames: (booster, names) => setStrings(booster, "feature_name", names, names.length),
    setAttribute,
    predict: (booster, matrix, config) => {
      const shapeOut: [Handle | null] = [null];
      const dim: [number | bigint] = [0];
      const resultOut: [Handle | null] = [null];
      predict(booster, matrix, config, shapeOut, dim, resultOut);
      const shapeWords = new BigUint64Array(Number(dim[0]));
      copyFromNative(shapeWords, shapeOut[0]);
      const shape = Array.from(shapeWords, Number);
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      copyFromNative(values, resultOut[0]);
      return { shape, values };
    },
    saveModel: (booster, format) => {
      const length: [number | bigint] = [0];
      const out: [Handle | null] = [null];
      saveModel(booster, JSON.stringify({ format }), length, out);
      const bytes = new Uint8Array(Number(length[0]));
      copyFromNative(bytes, out[0]);
      return bytes;
    },
    loadModel: (booster, bytes) => loadModel(booster, bytes, bytes.length),
  };
}

/** Version of an opened library as [major, minor, patch]. */
export function readLibraryVersion(library: LibraryHandle): [number, number, number] {
  const version: (major: number[], minor: number[], patch: number[]) => void = library.func(
    "void XGBoostVersion(_Out_ int *major, _Out_ int *minor, _Out_ int *patch)",
  );
  const major: [number] = [0];
  const minor: [number] = [0];
  const patch: [number] = [0];
  version(major, minor, patch);
  return [major[0], minor[0], patch[0]];
}

/** JSON array interface of a typed array, which must stay referenced until the call that uses it returns. */
export function arrayInterface(values: Float32Array, shape: readonly number[]): string {
  return JSON.stringify({
    data: [0, true],
    shape,
    typestr: "<f4",
    version: 3,
    // JSON.stringify knows no bigint; an address fits a JSON number only as text.
  }).replace("[0,true]", `[${koffi.address(values)},true]`);
}

let memcpy: ((target: NodeJS.TypedArray, source: Handle, bytes: number) => void) | undefined;

// memcpy instead of koffi.view: no ArrayBuffer may outlive the library's buffer, nor two share one address.
function copyFromNative(target: NodeJS.TypedArray, source: Handle | null): void {
  if (target.byteLength === 0) return;
  if (source === null) throw new XgboostError("result buffer", "the library returned no data");
  memcpy ??= koffi.load(null).func("void *memcpy(_Out_ void *target, const void *source, size_t bytes)");
  memcpy(target, source, target.byteLength);
}

function outHandle(call: (out: [Handle | null]) => void): Handle {
  const out: [Handle | null] = [null];
  call(out);
  if (out[0] === null) throw new XgboostError("handle", "the library returned no handle");
  return out[0];
}
