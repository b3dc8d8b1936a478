import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { currentFeatureView } from "@/lib/features/service";
import { currentLabelRule } from "@/lib/labels/service";
import { promoteToChampion, registerModelVersion } from "@/lib/model-registry/service";
import { CHURN_TARGET_ID } from "@/lib/product-status/contract";
import { NOW, SEED } from "../moments";
import type { PortableModel } from "./train-on-history";

/** Makes a model that was trained on another world this one's champion, so that every size is scored by the same trees. */
export async function adoptModel({ model }: { model: PortableModel }): Promise<Record<never, never>> {
  const view = await currentFeatureView();
  const rule = await currentLabelRule(CHURN_TARGET_ID);
  const { id } = await inTransaction(async (client) => {
    const { rows } = await client.query<{ id: number }>(
      `INSERT INTO training_run (target_id, view_id, label_rule_id, status, splits, params, seed, library, message)
       VALUES ($1, $2, $3, 'succeeded', '{}', '{}', $4, '{}', 'Trained on another world') RETURNING id`,
      [CHURN_TARGET_ID, view.id, rule.id, SEED],
    );
    const trainingRunId = (rows[0] as { id: number }).id;
    return registerModelVersion(client, {
      ...model,
      targetId: CHURN_TARGET_ID,
      trainingRunId,
      categories: {},
      gates: [],
      createdAt: NOW,
    });
  });
  await promoteToChampion({
    targetId: CHURN_TARGET_ID,
    modelVersionId: id,
    actor: SYSTEM_ACTOR,
    reason: "The same model for every size",
    now: NOW,
  });
  return {};
}
