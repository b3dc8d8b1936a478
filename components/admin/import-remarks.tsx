import { formatCount } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";

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
