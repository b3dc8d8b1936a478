import { PageSkeleton } from "@/components/ui/skeleton";

export default function CustomerLoading() {
  return <PageSkeleton rows={12} />;
}
