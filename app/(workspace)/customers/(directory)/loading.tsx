import { PageSkeleton } from "@/components/ui/skeleton";

export default function CustomersLoading() {
  return <PageSkeleton rows={12} />;
}
