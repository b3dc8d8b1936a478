import { Badge } from "@/components/ui/badge";
import { formatCount, formatPercent } from "@/components/ui/format";
import { Cell, HeaderCell, Row, Table, TableBody, TableHead } from "@/components/ui/table";
import type { FeatureCatalogueEntry } from "@/lib/features/contract";
import { QuantileStrip } from "./quantile-strip";

/** Features of one theme: what each means, over which window, and how it is spread now. */
export function FeatureCatalogueTable({ theme, features }: { theme: string; features: FeatureCatalogueEntry[] }) {
  return (
    <Table label={theme} className="min-w-[46rem] table-fixed lg:min-w-[60rem]">
      <TableHead>
        <HeaderCell className="w-[40%]">Feature</HeaderCell>
        <HeaderCell className="w-[18%]">Window and source</HeaderCell>
        <HeaderCell className="w-[24%]">Spread now (5%, half, 95%)</HeaderCell>
        <HeaderCell className="w-[18%]">Missing</HeaderCell>
      </TableHead>
      <TableBody>
        {features.map((feature) => (
          <Row key={feature.name}>
            <Cell>
              <p className="font-medium text-ink">
                {feature.label} {!feature.actionable && <Badge className="ml-1">outside our influence</Badge>}
              </p>
              <p className="text-muted">{feature.meaning}.</p>
              <p className="break-all font-mono text-xs text-faint">{feature.name}</p>
            </Cell>
            <Cell className="text-muted">
              {feature.window}
              <span className="block text-xs text-faint">{feature.sources.join(", ")}</span>
            </Cell>
            <Cell>
              <Spread distribution={feature.distribution} />
            </Cell>
            <Cell className="text-muted">
              {feature.distribution && (
                <span className="block text-ink">{formatPercent(feature.distribution.missingRate)}</span>
              )}
              <span className="text-xs text-faint">{feature.missing}</span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Spread({ distribution }: { distribution: FeatureCatalogueEntry["distribution"] }) {
  if (!distribution) return <span className="text-faint">not built yet</span>;
  const { quantiles, quantileValues, n } = distribution;
  if (quantileValues.some((value) => value === null)) return <span className="text-faint">nobody has a value</span>;
  return (
    <div>
      <QuantileStrip values={quantileValues} words={quantiles} />
      <p className="text-xs text-muted">
        {quantiles[0]} · {quantiles[2]} · {quantiles[4]}
      </p>
      <p className="text-xs text-faint">{formatCount(n)} customers</p>
    </div>
  );
}
