import { Flag } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { LISTING_LABELS } from "@/lib/queue/contract";
import type { Listing } from "@/lib/scoring/contract";

export function ListingBadge({ listing }: { listing: Listing }) {
  return (
    <Badge tone={listing === "flagged" ? "danger" : "neutral"}>
      {listing === "flagged" && <Flag aria-hidden />}
      {LISTING_LABELS[listing]}
    </Badge>
  );
}
