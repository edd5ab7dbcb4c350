import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export type ReadPdf = {
  /** Of each page, line by line. */
  readonly pages: readonly string[];
  readonly outline: readonly string[];
  readonly title: string;
  readonly language: string | undefined;
  readonly metadata: string;
  /** The tags of what is on each page, such as `Table TR TH`. */
  readonly tags: readonly string[];
  readonly links: readonly string[];
  /** How far to the right any text of a page goes, in points. */
  readonly reach: number;
};

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: bytes.slice(), verbosity: 0, isEvalSupported: false });
  const pdf = await task.promise;
  const pages: string[] = [];
  const tags: string[] = [];
  const links: string[] = [];
  let reach = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    let text = '';
    let last: number | undefined;
    for (const item of items) {
      if (!('str' in item)) continue;
      const [, , , , x, y] = item.transform as [number, number, number, number, number, number];
      if (item.str.trim() !== '') reach = Math.max(reach, x + item.width);
      if (last !== undefined && Math.abs(last - y) > 1) text += '\n';
      text += item.str;
      last = y;
    }
    pages.push(text);
    tags.push(rolesOf(await page.getStructTree()).join(' '));
    for (const annotation of (await page.getAnnotations()) as { url?: string }[]) if (annotation.url !== undefined) links.push(annotation.url);
  }
  const outline = ((await pdf.getOutline()) ?? []) as { title: string; items: { title: string }[] }[];
  const { info, metadata } = await pdf.getMetadata();
  const language = (info as { Language?: string }).Language;
  const read = {
    pages,
    outline: outline.flatMap(({ title, items }) => [title, ...items.map((item) => `- ${item.title}`)]),
    title: (info as { Title: string }).Title,
    language,
    metadata: (metadata as unknown as { getRaw(): string } | null)?.getRaw() ?? '',
    tags,
    links,
    reach,
  };
  await task.destroy();
  return read;
}

/** Of nodes that hold something of this page: pdf.js lists the others of a table too. */
function rolesOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { role, children = [] } = node as { role?: string; children?: readonly { type?: string }[] };
  const inner = children.flatMap(rolesOf);
  const holds = inner.length > 0 || children.some(({ type }) => type === 'content' || type === 'annotation');
  return holds && role !== undefined ? [role, ...inner] : inner;
}
