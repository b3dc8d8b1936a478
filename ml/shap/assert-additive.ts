/** Contributions that do not add up to their margin; nothing may be published from them. */
export class AdditivityError extends Error {
  override readonly name = "AdditivityError";
}

/**
 * Checks that each row's contributions (the last of each row being the bias) add up to its margin, in double precision.
 *
 * @param args.contributions row-major, `width` per row
 * @param args.tolerance largest difference in margin units, by default 1e-4 (float32 sums of a few hundred trees stay below 1e-5)
 * @returns the largest difference found
 * @throws AdditivityError naming the first row beyond the tolerance, or on lengths that do not fit
 */
export function assertAdditive(args: {
  margins: ArrayLike<number>;
  contributions: ArrayLike<number>;
  width: number;
  tolerance?: number;
}): number {
  const { margins, contributions, width } = args;
  const tolerance = args.tolerance ?? 1e-4;
  if (!Number.isInteger(width) || width < 1 || contributions.length !== margins.length * width) {
    throw new AdditivityError(
      `${contributions.length} contributions; expected ${margins.length} rows x ${width} = ${margins.length * width}`,
    );
  }
  let largest = 0;
  for (let row = 0; row < margins.length; row++) {
    let sum = 0;
    for (let index = row * width; index < (row + 1) * width; index++) sum += contributions[index]!;
    const difference = Math.abs(sum - margins[row]!);
    // Written so that NaN fails too.
    if (!(difference <= tolerance)) {
      throw new AdditivityError(
        `Row ${row}: contributions and bias add up to ${sum}, the margin is ${margins[row]}; expected a difference of at most ${tolerance}`,
      );
    }
    largest = Math.max(largest, difference);
  }
  return largest;
}
