/**
 * Writes docs/events.md from the types of the events and their comments; with `--check`, says whether it is fresh.
 * Runs on Node as it stands: types are stripped, and nothing is imported but Node and the compiler.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = dirname(import.meta.dirname);
const DOMAIN = join(ROOT, 'libs/domain');
const TARGET = join(import.meta.dirname, 'events.md');

type Field = { readonly name: string; readonly type: string; readonly required: boolean; readonly meaning: string };
type DocumentedEvent = { readonly type: string; readonly meaning: string; readonly fields: readonly Field[] };

const catalogueFile = join(DOMAIN, 'catalogue.ts');
const program = ts.createProgram([catalogueFile], compilerOptions());
const checker = program.getTypeChecker();

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  return ts.convertCompilerOptionsFromJson((config as { compilerOptions: object }).compilerOptions, ROOT).options;
}

const source = (path: string): ts.SourceFile =>
  program.getSourceFile(path) ?? fail(`${path} is not part of the domain.`);

function fail(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

const typeAliases = (file: ts.SourceFile): readonly ts.TypeAliasDeclaration[] =>
  file.statements.filter(ts.isTypeAliasDeclaration);

const commentOn = (node: ts.NamedDeclaration): string => meaningOf(checker.getSymbolAtLocation(node.name!)!);

const meaningOf = (symbol: ts.Symbol): string =>
  oneLine(ts.displayPartsToString(symbol.getDocumentationComment(checker)));

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Of each event type, by the number of steps that its catalogue entry lists. */
function schemaVersions(): ReadonlyMap<string, number> {
  const versions = new Map<string, number>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === 'CATALOGUE') {
      for (const entry of (node.initializer as ts.ObjectLiteralExpression)
        .properties as ts.NodeArray<ts.PropertyAssignment>) {
        versions.set(entry.name.getText(), (entry.initializer as ts.ArrayLiteralExpression).elements.length + 1);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source(catalogueFile));
  return versions;
}

/** The aliases of the form `DomainEvent<'Name', Data>`. */
function eventsIn(file: ts.SourceFile): readonly DocumentedEvent[] {
  return typeAliases(file).flatMap((alias) => {
    if (!ts.isTypeReferenceNode(alias.type) || alias.type.typeName.getText() !== 'DomainEvent') return [];
    const data = alias.type.typeArguments![1]!;
    return [{ type: alias.name.text, meaning: commentOn(alias), fields: fieldsOf(checker.getTypeFromTypeNode(data)) }];
  });
}

/** Types are given in the words of the source, so that a value keeps its name. */
const fieldsOf = (data: ts.Type): readonly Field[] =>
  data.getProperties().map((property) => {
    const declared = (property.valueDeclaration as ts.PropertySignature | undefined)?.type?.getText();
    return {
      name: property.name,
      type: oneLine(declared ?? checker.typeToString(checker.getNonNullableType(checker.getTypeOfSymbol(property)))),
      required: (property.flags & ts.SymbolFlags.Optional) === 0,
      meaning: meaningOf(property),
    };
  });

const cell = (text: string): string => text.replaceAll('|', '\\|');

const table = (fields: readonly Field[]): string =>
  [
    '| Field | Type | | Meaning |',
    '|---|---|---|---|',
    ...fields.map(
      ({ name, type, required, meaning }) =>
        `| \`${name}\` | \`${cell(type)}\` | ${required ? 'required' : 'optional'} | ${cell(meaning)} |`,
    ),
  ].join('\n');

type Stream = { readonly kind: string; readonly events: readonly DocumentedEvent[] };

function streamSection({ kind, events }: Stream, versions: ReadonlyMap<string, number>): string {
  const id = events[0]!.fields[0]!.name;
  const sections = events.map(
    ({ type, meaning, fields }) =>
      `### ${type}\n\n${meaning}\n\nStream \`${kind}-{${id}}\` · schema version ${versions.get(type)}\n\n${table(fields)}\n`,
  );
  return `## ${kind[0]!.toUpperCase()}${kind.slice(1)}\n\n${sections.join('\n')}`;
}

/** The named types that these fields are made of, and those that they are made of in turn. */
function valuesSection(fields: readonly Field[]): string {
  const aliases = ['values.ts', 'vocabulary.ts'].flatMap((name) => typeAliases(source(join(DOMAIN, name))));
  const reached = new Set<ts.TypeAliasDeclaration>();
  const reach = (type: string): void => {
    for (const alias of aliases) {
      if (reached.has(alias) || !new RegExp(`\\b${alias.name.text}\\b`).test(type)) continue;
      reached.add(alias);
      reach(alias.type.getText());
    }
  };
  fields.forEach(({ type }) => reach(type));
  const sections = aliases
    .filter((alias) => reached.has(alias))
    .map((alias) => `### ${alias.name.text}\n\n${commentOn(alias)}\n\n${shapeOf(alias)}\n`);
  return `## Values\n\n${sections.join('\n')}`;
}

/** A record's fields; the words of a closed list in their own order; or else the type as it is written. */
function shapeOf({ name, type }: ts.TypeAliasDeclaration): string {
  if (ts.isIndexedAccessTypeNode(type)) {
    const words = checker.getTypeArguments(checker.getTypeFromTypeNode(type.objectType) as ts.TypeReference);
    return words.map((word) => `\`${(word as ts.StringLiteralType).value}\``).join(', ');
  }
  if (ts.isTypeLiteralNode(type) || ts.isIntersectionTypeNode(type))
    return table(fieldsOf(checker.getTypeAtLocation(name)));
  return `\`${oneLine(type.getText())}\``;
}

/** The streams in the catalogue's order. */
function streams(order: readonly string[]): readonly Stream[] {
  const found = globSync('*/events.ts', { cwd: DOMAIN }).map((path) => ({
    kind: dirname(path),
    events: eventsIn(source(join(DOMAIN, path))),
  }));
  const declared = found.flatMap(({ events }) => events.map(({ type }) => type));
  const odd = [...declared, ...order].filter((type) => !declared.includes(type) || !order.includes(type));
  if (odd.length > 0) fail(`The catalogue and the events.ts files differ in ${odd.join(', ')}.`);
  const place = ({ events }: Stream) => order.indexOf(events[0]!.type);
  return found.toSorted((a, b) => place(a) - place(b));
}

function markdown(): string {
  const versions = schemaVersions();
  const all = streams([...versions.keys()]);
  const metadata = typeAliases(source(catalogueFile)).find(({ name }) => name.text === 'EventMetadata')!;
  const metadataFields = fieldsOf(checker.getTypeAtLocation(metadata.name));
  const eventFields = all.flatMap(({ events }) => events.flatMap(({ fields }) => fields));
  return [
    '# Events',
    'Every event that the log holds, by the stream that it is in. Written by `npm run docs:events` from the types in ' +
      `\`${relative(ROOT, DOMAIN)}\` and their comments: change them, not this file.`,
    ...all.map((stream) => streamSection(stream, versions)),
    `## Metadata\n\n${commentOn(metadata)}\n\n${table(metadataFields)}`,
    valuesSection([...eventFields, ...metadataFields]),
  ].join('\n\n');
}

const written = markdown().replaceAll(/\n{3,}/g, '\n\n');
if (!process.argv.includes('--check')) {
  writeFileSync(TARGET, written);
} else if (!existsSync(TARGET) || readFileSync(TARGET, 'utf8') !== written) {
  fail('docs/events.md is stale: run npm run docs:events.');
}
