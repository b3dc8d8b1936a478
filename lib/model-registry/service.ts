import type { PoolClient } from "pg";
import type { Actor } from "@/lib/audit/contract";
import { recordAudit } from "@/lib/audit/service";
import { inTransaction } from "@/lib/db/pool";
import { DomainError, notFoundError } from "@/lib/http/domain-error";
import { describeColumnMismatch } from "@/ml/matrix/matrix";
import { verifyModel } from "@/ml/xgboost/verify-model";
import { type ModelContent, modelChecksum } from "./checksum";
import type { ChampionStatus, Gate, ModelVersionView } from "./contract";
import { type PromotionActor, promotionRefusal } from "./policy";
import {
  findChampionMove,
  findChampionRow,
  findGates,
  findInstallationMode,
  findModelVersion,
  findModelVersions,
  findRole,
  insertModelVersion,
  lockTarget,
  type ModelVersionRow,
  moveChampion,
  type StoredModelVersion,
} from "./repository";

/** A model version that is what was registered. */
export type LoadedModelVersion = Omit<StoredModelVersion, "checksum">;

/** A stored model version is not what was registered, so nothing may be predicted from it. */
export class ModelIntegrityError extends Error {
  override readonly name = "ModelIntegrityError";
}

/** Registers a new version in the caller's transaction. @returns its id and number, which only grows. */
export async function registerModelVersion(
  client: PoolClient,
  version: ModelContent & { trainingRunId: number; gates: readonly Gate[]; createdAt: Date },
): Promise<{ id: number; number: number }> {
  return insertModelVersion(client, { ...version, checksum: modelChecksum(version) });
}

/**
 * Reads a version and checks it: the checksum over booster, calibrator, columns and categories, the trees, and that the
 * booster's own columns are the registered ones in the same order.
 *
 * @throws DomainError where there is none of that id
 * @throws ModelIntegrityError where what is stored is not what was registered
 */
export async function loadModelVersion(id: number): Promise<LoadedModelVersion> {
  const stored = await findModelVersion(id);
  if (!stored) throw notFoundError();
  const { checksum, ...version } = stored;
  const found = modelChecksum(version);
  if (found !== checksum) {
    throw new ModelIntegrityError(
      `Model version ${version.number} has the checksum ${found}; expected ${checksum}, as registered`,
    );
  }
  const { columns } = verifyModel(version.booster);
  const mismatch = describeColumnMismatch(version.columns, columns);
  if (mismatch) throw new ModelIntegrityError(`Model version ${version.number}, columns of the booster: ${mismatch}`);
  return version;
}

/** The champion's version, null before there is one. */
export async function findChampion(
  targetId: string,
): Promise<{ modelVersionId: number; number: number; trainingRunId: number } | null> {
  const row = await findChampionRow(targetId);
  return row && { modelVersionId: row.id, number: row.number, trainingRunId: row.trainingRunId };
}

/**
 * Makes a version the champion: moves the alias, writes its history and the audit, in one transaction. Asking for what is
 * so already changes nothing. The permission is checked here, against the database.
 *
 * @param args.actor a user, or SYSTEM_ACTOR, which may in a demo installation only
 * @throws DomainError where it is refused, with the reason in words
 */
export async function promoteToChampion(args: {
  targetId: string;
  modelVersionId: number;
  actor: Actor;
  reason: string;
  now: Date;
}): Promise<{ moved: boolean }> {
  return inTransaction(async (client) => {
    await lockTarget(client, args.targetId);
    const version = await findGates(client, args.modelVersionId);
    if (version?.targetId !== args.targetId) throw notFoundError();
    const champion = await findChampionMove(client, args.targetId);
    const gatesPassed = allPassed(version.gates);
    const refusal = promotionRefusal({
      actor: await promotionActor(client, args.actor),
      gatesPassed,
      champion: champion?.modelVersionId === args.modelVersionId ? null : champion,
      reason: args.reason,
    });
    if (refusal) throw new DomainError("refused", refusal);
    if (champion?.modelVersionId === args.modelVersionId) return { moved: false };
    const reason = args.reason.trim();
    await moveChampion(client, {
      targetId: args.targetId,
      fromVersionId: champion?.modelVersionId ?? null,
      toVersionId: args.modelVersionId,
      movedAt: args.now,
      actor: args.actor,
      reason,
      gatesPassed,
    });
    await recordAudit(
      {
        actor: args.actor,
        action: "model.promote",
        subjectType: "model_version",
        subjectId: String(args.modelVersionId),
        detail: { number: version.number, from: champion?.modelVersionId ?? null, reason, gatesPassed },
      },
      client,
    );
    return { moved: true };
  });
}

/** All versions of a target, newest first. */
export async function listModelVersions(targetId: string): Promise<ModelVersionView[]> {
  return (await findModelVersions(targetId)).map(toView);
}

/** Which model predicts, and whether its gates were overridden, for the notice on every page. */
export async function championStatus(targetId: string): Promise<ChampionStatus> {
  const row = await findChampionRow(targetId);
  if (!row?.promotedAt) return { status: "none" };
  return {
    status: "champion",
    modelVersionId: row.id,
    number: row.number,
    trainedAt: row.createdAt.toISOString(),
    promotedAt: row.promotedAt.toISOString(),
    promotedBy: row.promotedBy ?? "",
    reason: row.promotionReason ?? "",
    gates: row.gates,
    overridden: row.promotedWithGatesPassed === false,
  };
}

function allPassed(gates: readonly Gate[]): boolean {
  return gates.length > 0 && gates.every((gate) => gate.passed);
}

async function promotionActor(client: PoolClient, actor: Actor): Promise<PromotionActor> {
  if (actor.id === null) return { kind: "system", installationMode: await findInstallationMode(client) };
  const user = await findRole(client, actor.id);
  return { kind: "user", role: user?.role ?? "none", deactivated: user?.deactivated ?? true };
}

function toView(row: ModelVersionRow): ModelVersionView {
  const { promotedAt, promotedBy, promotionReason, promotedWithGatesPassed, createdAt, ...shown } = row;
  return {
    ...shown,
    createdAt: createdAt.toISOString(),
    gatesPassed: allPassed(row.gates),
    promotion: promotedAt && {
      at: promotedAt.toISOString(),
      by: promotedBy ?? "",
      reason: promotionReason ?? "",
      gatesPassed: promotedWithGatesPassed ?? false,
    },
  };
}
