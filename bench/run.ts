import { readdirSync } from 'node:fs';
import { table, type Measured } from './measure.js';

/** What a file in this folder exports to be a benchmark. */
interface Benchmark {
  readonly name: string;
  run(): Promise<readonly Measured[]>;
}

const isBenchmark = (module: object): module is Benchmark => 'name' in module && 'run' in module;

/** Runs the benchmarks named on the command line, or all, one after another. Fails where a number does not hold. */
const wanted = process.argv.slice(2);
const rows: Measured[] = [];
for (const file of readdirSync(import.meta.dirname).filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))) {
  if (file === 'run.ts') continue;
  const module = (await import(`./${file}`)) as object;
  if (!isBenchmark(module) || (wanted.length > 0 && !wanted.includes(module.name))) continue;
  process.stderr.write(`${module.name} …\n`);
  rows.push(...(await module.run()));
}
console.log(table(rows));
if (rows.some(({ ratio, atMost }) => ratio > atMost)) process.exitCode = 1;
