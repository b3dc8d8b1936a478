/** What every page says about what it shows. Times are ISO. */
export type ProductStatus = {
  /** null: the company has no name yet. */
  companyName: string | null;
  zone: string;
  currency: string;
  /** demo: everything shown is simulated */
  mode: "demo" | "own" | "empty";
  /** The published scores, or null before the first. */
  scores: {
    asOf: string;
    /** The last day whose facts went in. */
    dataTo: string;
    /** Whole weeks that the scores are behind this week's start; 0 is up to date. */
    weeksBehind: number;
    modelNumber: number;
  } | null;
  /** The champion was appointed although it failed a gate. */
  override: { modelNumber: number; reason: string; actorLabel: string; movedAt: string } | null;
};

/** An installation of one's own that has no queue yet: its admins are led to the page Set-up. */
export function isBeingSetUp(status: Pick<ProductStatus, "mode" | "scores">): boolean {
  return status.mode !== "demo" && status.scores === null;
}

/** The one target of today. */
export const CHURN_TARGET_ID = "churn-30d";
