import { PageSkeleton } from "@/components/ui/skeleton";

export default function QueueLoading() {
  return <PageSkeleton rows={12} />;
}
