/** Who did it; id null where the product itself did. */
export type Actor = { readonly id: number | null; readonly label: string };

/** One event as the audit page shows it; `at` is ISO. */
export type AuditEventSummary = {
  seq: number;
  at: string;
  actorLabel: string;
  action: string;
  subjectType: string;
  subjectId: string;
  detail: Record<string, unknown>;
};
