/** A seeded stream of random numbers; the same seed gives the same stream on every machine. */
export type Random = {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number;
  /** A whole number from 0 to `bound - 1`, without modulo bias. */
  nextInt(bound: number): number;
  /** 32 random bits as an unsigned number. */
  nextUint32(): number;
};

/** Four 32-bit words, not all zero. */
export type RandomState = readonly [number, number, number, number];

/**
 * xoshiro128** 1.1 of Blackman and Vigna (period 2^128 - 1; not for secrets). Its four words of state are filled by
 * splitmix32 from the seed, as the authors recommend, text first hashed by FNV-1a (32 bits).
 *
 * @param seed text, or a whole number from 0 to 2^53 - 1
 * @throws RangeError on any other number
 */
export function createRandom(seed: string | number): Random {
  return createRandomFromState(expandSeed(seed));
}

/** The generator from an explicit state; the constants and shifts are those of the published C code. */
export function createRandomFromState(state: RandomState): Random {
  let [s0, s1, s2, s3] = state.map((word) => word >>> 0) as [number, number, number, number];
  if ((s0 | s1 | s2 | s3) === 0) throw new RangeError("Random state is all zero; expected at least one bit set");

  function nextUint32(): number {
    const scrambled = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return scrambled;
  }

  function nextInt(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 4_294_967_296) {
      throw new RangeError(`nextInt bound is ${bound}; expected a whole number from 1 to 2^32`);
    }
    // Numbers above the largest multiple of the bound would favour small results, so they are drawn again.
    const limit = 4_294_967_296 - (4_294_967_296 % bound);
    let drawn = nextUint32();
    while (drawn >= limit) drawn = nextUint32();
    return drawn % bound;
  }

  return {
    nextUint32,
    nextInt,
    next: () => ((nextUint32() >>> 5) * 67_108_864 + (nextUint32() >>> 6)) / 9_007_199_254_740_992,
  };
}

function expandSeed(seed: string | number): RandomState {
  if (typeof seed === "number" && (!Number.isSafeInteger(seed) || seed < 0)) {
    throw new RangeError(`Random seed is ${seed}; expected text or a whole number from 0 to 2^53 - 1`);
  }
  // Numbers and their text are different seeds.
  let counter = hashText(typeof seed === "string" ? seed : `#${seed}`);
  const next = () => {
    counter = (counter + 0x9e3779b9) | 0;
    let word = counter ^ (counter >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  return [next(), next(), next(), next()];
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
