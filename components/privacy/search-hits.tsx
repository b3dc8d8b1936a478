import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { SearchResult, Subject } from "@/lib/privacy/contract";

/** Whom the search found; one of them can be opened. */
export function SearchHits({
  result,
  zone,
  openSubject,
  onOpen,
}: {
  result: SearchResult;
  zone: string;
  openSubject: Subject | null;
  onOpen: (subject: Subject) => void;
}) {
  if (result.hits.length === 0)
    return (
      <EmptyState title="Nobody was found">
        Nothing is kept under this name, address or id. Files that were not imported yet are not searched.
      </EmptyState>
    );
  return (
    <div className="space-y-2">
      <Table label="Found" className="min-w-[40rem] table-fixed">
        <TableHead>
          <HeaderCell className="w-[45%]">Name</HeaderCell>
          <HeaderCell className="w-[30%]">Customer</HeaderCell>
          <HeaderCell>Id in the source</HeaderCell>
        </TableHead>
        <TableBody>
          {result.hits.map(({ subject, name, email, customerName, sourceId, erasedAt }) => (
            <Row key={`${subject.kind} ${subject.id}`}>
              <Cell>
                <button
                  type="button"
                  aria-label={`Open ${subject.kind} ${name}`}
                  aria-pressed={subject.kind === openSubject?.kind && subject.id === openSubject.id}
                  onClick={() => onOpen(subject)}
                  className="text-left font-medium text-accent-text hover:underline"
                >
                  {name}
                </button>
                <Badge className="ml-2">{subject.kind}</Badge>
                {erasedAt && <Badge className="ml-2">erased {formatDay(erasedAt, zone)}</Badge>}
                {email && <p className="break-all text-muted">{email}</p>}
              </Cell>
              <Cell className="text-muted">{customerName}</Cell>
              <Cell className="break-all font-mono text-xs text-muted">{sourceId}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      {result.more && <p className="text-sm text-muted">There are more: search for more of the name.</p>}
    </div>
  );
}
