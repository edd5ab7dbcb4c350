export type Piece = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string };

/** Above that the two texts are shown one after the other: nobody reads so long a comparison, and it grows with their product. */
const MOST_COMPARED = 4_000_000;

/** How one text became another, word by word, spaces kept; `undefined` where little is common to them. */
export function wordChanges(from: string, to: string): Piece[] | undefined {
  const [old, next] = [words(from), words(to)];
  if (old.length * next.length > MOST_COMPARED) return undefined;
  const common = longestCommon(old, next);
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: last.text + text };
    else pieces.push({ kind, text });
  };
  let [i, j] = [0, 0];
  let kept = 0;
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      add('same', old[i]!);
      if (old[i]!.trim() !== '') kept++;
      i++;
      j++;
    } else if (j >= next.length || (i < old.length && common(i + 1, j) >= common(i, j + 1))) add('gone', old[i++]!);
    else add('new', next[j++]!);
  }
  return kept * 4 >= Math.min(old.length, next.length) && kept > 1 ? pieces : undefined;
}

const words = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** @returns how many words the two have in common, in order, from a place in each on */
function longestCommon(a: readonly string[], b: readonly string[]): (i: number, j: number) => number {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      table[at] = a[i] === b[j] ? table[at + width + 1]! + 1 : Math.max(table[at + width]!, table[at + 1]!);
    }
  }
  return (i, j) => table[i * width + j]!;
}
