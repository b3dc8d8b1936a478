"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { BadRow } from "@/lib/ingest/contract";

const SHOWN_AT_FIRST = 10;

/** The first rows and fields that would be set aside; a few of them until more are asked for. */
export function FirstErrors({ rows }: { rows: readonly BadRow[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, SHOWN_AT_FIRST);
  return (
    <section className="space-y-2">
      <h2 className="text-base font-semibold">The first of them</h2>
      <Table label="First errors">
        <TableHead>
          <HeaderCell>File</HeaderCell>
          <HeaderCell numeric>Line</HeaderCell>
          <HeaderCell>Column</HeaderCell>
          <HeaderCell>Value</HeaderCell>
          <HeaderCell>Reason</HeaderCell>
        </TableHead>
        <TableBody>
          {shown.map((row) => (
            <Row key={`${row.file} ${row.line} ${row.column} ${row.reason}`}>
              <Cell className="whitespace-nowrap text-muted">{row.file}</Cell>
              <Cell numeric>{formatCount(row.line)}</Cell>
              <Cell className="whitespace-nowrap">{row.column ?? "whole row"}</Cell>
              <Cell className="min-w-24 max-w-64 break-all font-mono text-xs">{row.value ?? "–"}</Cell>
              <Cell className="min-w-56">{row.reason}</Cell>
            </Row>
          ))}
        </TableBody>
      </Table>
      {shown.length < rows.length && (
        <Button size="sm" onClick={() => setAll(true)}>
          Show {rows.length - shown.length} more
        </Button>
      )}
    </section>
  );
}
