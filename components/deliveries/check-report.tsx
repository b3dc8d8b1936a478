import { ImportRemarksTable } from "@/components/admin/import-remarks";
import { Callout } from "@/components/ui/callout";
import { formatCount, formatDay } from "@/components/ui/format";
import { Stat } from "@/components/ui/stat";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { DeliveryCheck } from "@/lib/deliveries/contract";
import { FirstErrors } from "./first-errors";

type Importable = Extract<DeliveryCheck, { outcome: "importable" }>;

/** What importing would change, by file, and what would be set aside. */
export function CheckReport({ check, zone }: { check: Importable; zone: string }) {
  const sum = (of: (file: Importable["files"][number]) => number) =>
    check.files.reduce((total, file) => total + of(file), 0);
  const [added, changed, bad] = [sum((f) => f.rowsNew), sum((f) => f.rowsVersion), sum((f) => f.rowsBad)];
  const waiting = sum((f) => f.rowsWaiting);
  return (
    <div className="space-y-4">
      {added + changed === 0 ? (
        <Callout tone={bad + waiting > 0 ? "warn" : "info"}>
          {bad + waiting > 0
            ? "Importing these files would make nothing new: what of their rows can be taken is known, the others are told below."
            : "Importing these files would change nothing: all that they say is known."}
        </Callout>
      ) : (
        bad > 0 && (
          <Callout tone="warn">
            {formatCount(bad)} of {formatCount(sum((f) => f.rowsRead))} rows would be set aside. Good rows are imported
            all the same; those set aside stay in the quarantine with their reasons.
          </Callout>
        )
      )}
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <Stat label="Rows read" value={formatCount(check.rowsRead)} />
        <Stat label="Would be new" value={formatCount(added)} />
        <Stat label="Would change" value={formatCount(changed)} />
        <Stat label="Would be set aside" value={formatCount(bad)} />
      </dl>
      <CheckedFiles check={check} zone={zone} />
      <ImportRemarksTable files={check.files} rowsGivenUp={check.rowsGivenUp} />
      {check.inputs.length > 0 && <Inputs check={check} />}
      {check.reasons.length > 0 && <Reasons check={check} />}
      {check.samples.length > 0 && <FirstErrors rows={check.samples} />}
    </div>
  );
}

function CheckedFiles({ check, zone }: { check: Importable; zone: string }) {
  const now = new Date();
  return (
    <Table label="What would become of the rows">
      <TableHead>
        <HeaderCell>{check.inputs.length > 0 ? "Becomes" : "File"}</HeaderCell>
        <HeaderCell numeric>Rows</HeaderCell>
        <HeaderCell numeric>New</HeaderCell>
        <HeaderCell numeric>Changed</HeaderCell>
        <HeaderCell numeric>Known</HeaderCell>
        <HeaderCell numeric>Waiting</HeaderCell>
        <HeaderCell numeric>Set aside</HeaderCell>
        <HeaderCell>About</HeaderCell>
      </TableHead>
      <TableBody>
        {check.files.map((file) => (
          <Row key={file.file}>
            <Cell className="whitespace-nowrap font-medium text-ink">{file.file}</Cell>
            <Cell numeric>{formatCount(file.rowsRead)}</Cell>
            <Cell numeric>{formatCount(file.rowsNew)}</Cell>
            <Cell numeric>{formatCount(file.rowsVersion)}</Cell>
            <Cell numeric>{formatCount(file.rowsSame)}</Cell>
            <Cell numeric>{formatCount(file.rowsWaiting)}</Cell>
            <Cell numeric>{formatCount(file.rowsBad)}</Cell>
            <Cell className="whitespace-nowrap text-muted">
              {file.firstAt && file.lastAt
                ? `${formatDay(file.firstAt, zone, now)} to ${formatDay(file.lastAt, zone, now)}`
                : "not dated"}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Inputs({ check }: { check: Importable }) {
  return (
    <Table label="Files as they came">
      <TableHead>
        <HeaderCell>File</HeaderCell>
        <HeaderCell numeric>Rows read</HeaderCell>
        <HeaderCell numeric>Not used by the mapping</HeaderCell>
      </TableHead>
      <TableBody>
        {check.inputs.map((input) => (
          <Row key={input.file}>
            <Cell className="break-all font-medium text-ink">{input.file}</Cell>
            <Cell numeric>{formatCount(input.rowsRead)}</Cell>
            <Cell numeric>{formatCount(input.rowsUnused)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Reasons({ check }: { check: Importable }) {
  return (
    <section className="space-y-2">
      <h2 className="text-base font-semibold">Why rows and fields would be set aside</h2>
      <Table label="Reasons">
        <TableHead>
          <HeaderCell>Reason</HeaderCell>
          <HeaderCell numeric>Count</HeaderCell>
        </TableHead>
        <TableBody>
          {check.reasons.map(({ reason, count }) => (
            <Row key={reason}>
              <Cell>{reason}</Cell>
              <Cell numeric>{formatCount(count)}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}
