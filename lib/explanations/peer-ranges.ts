import type { FeatureRange } from "@/lib/features/contract";
import { EVERYONE } from "@/lib/features/peer-group";
import type { PeerRanges } from "./contract";

/** A peer group smaller than this has no usual: everyone is taken instead. */
const PEERS_MIN = 30;

/**
 * Arranges stored distributions for explainRow. @returns a function from a customer's peer group to its ranges, those
 * of everyone where the group is small, undefined where nothing is stored.
 */
export function peerRanges(stored: readonly FeatureRange[]): (peerGroup: string) => PeerRanges | undefined {
  const groups = new Map<string, Map<string, FeatureRange>>();
  for (const range of stored) {
    const group = groups.get(range.peerGroup) ?? new Map<string, FeatureRange>();
    groups.set(range.peerGroup, group.set(range.column, range));
  }
  const arranged = new Map<string, PeerRanges>();
  for (const [peerGroup, of] of groups) {
    const size = of.values().next().value?.n ?? 0;
    if (peerGroup === EVERYONE || size >= PEERS_MIN) arranged.set(peerGroup, { peerGroup, of });
  }
  return (peerGroup) => arranged.get(peerGroup) ?? arranged.get(EVERYONE);
}
