/** A probability in whole percent; the ends say that they are not certainties. */
export function formatProbability(probability: number): string {
  if (probability > 0.99) return "> 99%";
  if (probability < 0.01) return "< 1%";
  return `${Math.round(probability * 100)}%`;
}

/** A difference of two probabilities in points: "+12", "−3", "0". */
export function formatPoints(change: number): string {
  const points = Math.round(change * 100);
  if (points === 0) return "0";
  return points > 0 ? `+${points}` : `−${-points}`;
}
