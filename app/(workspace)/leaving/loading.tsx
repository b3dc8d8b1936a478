import { PageSkeleton } from "@/components/ui/skeleton";

export default function LeavingLoading() {
  return <PageSkeleton rows={12} />;
}
