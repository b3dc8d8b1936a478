import { Waves } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

/** Before the first scores: what has to happen for this page to fill. */
export function NothingPublished({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <EmptyState icon={Waves} title="No scores have been published yet">
        They appear here after the first model is trained and the first week is scored. An administrator sees how far
        that is under Job runs.
      </EmptyState>
    </>
  );
}
