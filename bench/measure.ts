/** Something of ours beside the least that any code doing the same must cost. */
export interface Comparison {
  readonly name: string;
  /** How many operations one call of `ours` or `floor` does. */
  readonly operations: number;
  readonly unit: string;
  ours(): Promise<unknown>;
  floor(): Promise<unknown>;
  /** Makes things as they were before either; not counted. */
  prepare?(): Promise<unknown>;
  /** What `ours ÷ floor` must not exceed. */
  readonly atMost: number;
  readonly repetitions?: number;
}

export interface Measured {
  readonly name: string;
  readonly unit: string;
  /** Milliseconds per operation: the median of the repetitions. */
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
  readonly atMost: number;
}

const REPETITIONS = 9;

/** Both in turn, over and over and each as often first, so that whatever else the machine does falls on both alike. */
export async function compare(comparison: Comparison): Promise<Measured> {
  const { name, unit, operations, atMost, repetitions = REPETITIONS } = comparison;
  const times = { ours: [] as number[], floor: [] as number[] };
  // The first round warms caches, connections and compiled code, and is not counted.
  for (let round = -1; round < repetitions; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'floor'] as const) : (['floor', 'ours'] as const);
    for (const side of order) {
      await comparison.prepare?.();
      const start = performance.now();
      await comparison[side]();
      if (round >= 0) times[side].push((performance.now() - start) / operations);
    }
  }
  const ours = median(times.ours);
  const floor = median(times.floor);
  return { name, unit, ours, floor, ratio: ours / floor, atMost };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/** As a Markdown table, which is readable as it stands. */
export function table(rows: readonly Measured[]): string {
  const cells = [
    ['', 'ours, ms', 'floor, ms', 'ours ÷ floor', 'at most', ''],
    ...rows.map((row) => [
      `${row.name} (each ${row.unit})`,
      row.ours.toPrecision(3),
      row.floor.toPrecision(3),
      row.ratio.toFixed(2),
      row.atMost.toFixed(1),
      row.ratio <= row.atMost ? 'holds' : 'MISSED',
    ]),
  ];
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length), 3));
  const line = (row: readonly string[]): string => `| ${row.map((cell, n) => cell.padEnd(widths[n]!)).join(' | ')} |`;
  const [header, ...body] = cells;
  return [line(header!), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
