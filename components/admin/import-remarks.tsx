import { formatCount } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { StillWaiting } from "@/lib/import-history/contract";

type FileWithRemarks = {
  readonly file: string;
  readonly rowsWaiting: number;
  readonly rowsArrived: number;
  readonly rowsBeforeSignUp: number;
  readonly rowsOutsideSubscription: number;
};

/** Rows that are not bad and that somebody should look at; nothing where there are none. */
export function ImportRemarksTable({ files, rowsGivenUp }: { files: readonly FileWithRemarks[]; rowsGivenUp: number }) {
  const remarks = files.flatMap(({ file, rowsWaiting, rowsArrived, rowsBeforeSignUp, rowsOutsideSubscription }) => [
    { file, count: rowsWaiting, words: "Waiting: of customers whom nobody has told about yet" },
    { file, count: rowsArrived, words: "Having waited since an earlier import for a customer who has come" },
    { file, count: rowsBeforeSignUp, words: "Of a time before the customer signed up, taken all the same" },
    {
      file,
      count: rowsOutsideSubscription,
      words: "Of a time at which no subscription covered the customer, taken all the same",
    },
  ]);
  const givenUp = {
    file: "earlier imports",
    count: rowsGivenUp,
    words: "Having waited for their customer in vain: put into quarantine",
  };
  const shown = [...remarks, givenUp].filter(({ count }) => count > 0);
  if (shown.length === 0) return null;
  return (
    <Table label="Worth a look">
      <TableHead>
        <HeaderCell>Worth a look</HeaderCell>
        <HeaderCell>File</HeaderCell>
        <HeaderCell numeric>Rows</HeaderCell>
      </TableHead>
      <TableBody>
        {shown.map(({ file, count, words }) => (
          <Row key={`${file}\n${words}`}>
            <Cell>{words}</Cell>
            <Cell className="whitespace-nowrap text-muted">{file}</Cell>
            <Cell numeric>{formatCount(count)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** For whom an import's rows wait to this day; nothing where none does. */
export function StillWaitingNote({ rows, customers, first }: StillWaiting) {
  if (rows === 0) return null;
  const more = customers - first.length;
  return (
    <p className="text-sm text-muted">
      {rows === 1 ? "1 row waits" : `${formatCount(rows)} rows wait`} still for{" "}
      {customers === 1 ? "1 customer" : `${formatCount(customers)} customers`}:{" "}
      <span className="break-all font-mono text-xs">{first.join(", ")}</span>
      {more > 0 && ` and ${formatCount(more)} more`}. They are taken when a file of customers brings{" "}
      {customers === 1 ? "it" : "them"}.
    </p>
  );
}
