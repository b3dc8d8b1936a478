import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
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
      <Table label="Found">
        <TableHead>
          <HeaderCell>Name</HeaderCell>
          <HeaderCell>Kind</HeaderCell>
          <HeaderCell>Customer</HeaderCell>
          <HeaderCell>Id in the source</HeaderCell>
          <HeaderCell>
            <span className="sr-only">Open</span>
          </HeaderCell>
        </TableHead>
        <TableBody>
          {result.hits.map(({ subject, name, email, customerName, sourceId, erasedAt }) => (
            <Row key={`${subject.kind} ${subject.id}`}>
              <Cell>
                <p className="font-medium text-ink">{name}</p>
                {email && <p className="break-all text-muted">{email}</p>}
              </Cell>
              <Cell>
                {subject.kind}
                {erasedAt && <Badge className="ml-2">erased {formatDay(erasedAt, zone)}</Badge>}
              </Cell>
              <Cell className="text-muted">{customerName}</Cell>
              <Cell className="break-all font-mono text-xs text-muted">{sourceId}</Cell>
              <Cell className="text-right">
                <Button
                  size="sm"
                  aria-label={`Open ${subject.kind} ${name}`}
                  aria-pressed={subject.kind === openSubject?.kind && subject.id === openSubject.id}
                  onClick={() => onOpen(subject)}
                >
                  Open
                </Button>
              </Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      {result.more && <p className="text-sm text-muted">There are more: search for more of the name.</p>}
    </div>
  );
}
