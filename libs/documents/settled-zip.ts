import JSZip from 'jszip';

/** The earliest that a zip file can say (MS-DOS time). */
const NO_TIME = new Date(Date.UTC(1980, 0, 1));

/**
 * The same archive without the moment at which it was made, so that the same content gives the same bytes.
 * @param rewrite what becomes of each part that is text
 */
export async function settledZip(bytes: Uint8Array, rewrite: (name: string, text: string) => string = (_, text) => text): Promise<Uint8Array> {
  const made = await JSZip.loadAsync(bytes);
  const settled = new JSZip();
  for (const name of Object.keys(made.files).toSorted(inPackageOrder)) {
    const file = made.files[name]!;
    if (file.dir) continue;
    const isText = /\.(xml|rels)$/.test(name);
    const content = isText ? rewrite(name, await file.async('string')) : await file.async('uint8array');
    settled.file(name, content, { date: NO_TIME, createFolders: false });
  }
  return settled.generateAsync({ type: 'uint8array', compression: 'DEFLATE', compressionOptions: { level: 6 }, platform: 'UNIX' });
}

/** What tells the kinds of all parts comes first, as readers of streams want it. */
const inPackageOrder = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);
const rank = (name: string): number => (name === '[Content_Types].xml' ? 0 : name === '_rels/.rels' ? 1 : 2);
