import type { Pool } from 'pg';
import { BEGINNING, type Position, type RecordedEvent } from '#event-store/event-store.js';
import { canonicalEvent } from './canonical-event.js';
import { joined, leafHash, subtreesOf, type Hash, type Leaves } from './merkle-tree.js';
import { edgeOf, grown, hashWithin, tileOf, type Edge, type Tile, type TileId } from './tiles.js';

/** The tree as far as it must be known to grow. */
export type Tree = {
  /** How many events are in it. */
  readonly size: number;
  /** Of the last of them. */
  readonly position: Position;
  readonly edge: Edge;
};

/** Another process has grown the tree meanwhile. */
export class TreeMoved extends Error {
  override readonly name = 'TreeMoved';
}

export async function readTree(db: Pool): Promise<Tree> {
  const { size, position } = await treeSize(db);
  const ids = edgeOf(size);
  const tiles = await readTiles(db, ids);
  return { size, position, edge: ids.map((id) => tiles.get(nameOf(id))?.hashes ?? Buffer.alloc(0)) };
}

export async function treeSize(db: Pool): Promise<{ size: number; position: Position }> {
  const { rows } = await db.query<{ size: string; position: Position }>('select size, position from ledger.tree');
  const [tree] = rows;
  return tree ? { size: Number(tree.size), position: tree.position } : { size: 0, position: BEGINNING };
}

/**
 * Adds the events that follow those in the tree, all or none.
 * @throws {TreeMoved}
 */
export async function extend(db: Pool, tree: Tree, events: readonly RecordedEvent[]): Promise<Tree> {
  const leaves = events.map((event) => leafHash(canonicalEvent(event)));
  const { edge, tiles } = grown(tree.size, tree.edge, leaves);
  const size = tree.size + leaves.length;
  const position = events.at(-1)?.position ?? tree.position;
  const kept = tiles.filter(({ level }) => level > 0);
  const { rowCount } = await db.query({
    name: 'ledger_extend',
    text: `with moved as (update ledger.tree set size = $2, position = $3 where size = $1 returning 1),
      tiles as (
        insert into ledger.tile (level, index, hashes)
        select level, index, hashes from unnest($4::smallint[], $5::bigint[], $6::bytea[]) tile (level, index, hashes), moved
        on conflict (level, index) do update set hashes = excluded.hashes),
      leaves as (
        insert into ledger.leaf (index, position, hash)
        select $1::bigint + n - 1, position, hash
        from unnest($7::bigint[], $8::bytea[]) with ordinality leaf (position, hash, n), moved)
      select from moved`,
    values: [
      tree.size,
      size,
      position,
      kept.map(({ level }) => level),
      kept.map(({ index }) => index),
      kept.map(({ hashes }) => hashes),
      events.map((event) => event.position),
      leaves,
    ],
  });
  if (rowCount !== 1) throw new TreeMoved(`the tree has no longer ${tree.size} leaves`);
  return { size, position, edge };
}

/** The hashes over parts of the tree: of a proof's path, or of a whole tree of some size. */
export async function hashesOver(db: Pool, parts: readonly Leaves[]): Promise<Hash[]> {
  const subtrees = parts.map(subtreesOf);
  const tiles = await readTiles(db, subtrees.flat().map(tileOf));
  return subtrees.map((some) => joined(some.map((subtree) => hashWithin(tiles.get(nameOf(tileOf(subtree)))!, subtree))));
}

export async function rootAt(db: Pool, size: number): Promise<Hash> {
  const [root] = await hashesOver(db, [{ begin: 0, end: size }]);
  return root!;
}

/** The place in the tree of the event at a log position; `undefined` where it is not in the tree. */
export async function indexAt(db: Pool, position: Position): Promise<number | undefined> {
  const { rows } = await db.query<{ index: string }>('select index from ledger.leaf where position = $1', [position]);
  return rows[0] && Number(rows[0].index);
}

const nameOf = ({ level, index }: TileId): string => `${level}/${index}`;

/** By name; one that is not there is absent. The tiles of level 0 are made of the leaves. */
async function readTiles(db: Pool, ids: readonly TileId[]): Promise<Map<string, Tile>> {
  const wanted = [...new Map(ids.map((id) => [nameOf(id), id])).values()];
  const { rows } = await db.query<{ level: number; index: string; hashes: Buffer | null }>({
    name: 'ledger_tiles',
    text: `select level, index, case level
        when 0 then (select string_agg(hash, '' order by leaf.index) from ledger.leaf
                     where leaf.index >= id.index * 256 and leaf.index < (id.index + 1) * 256)
        else (select hashes from ledger.tile where (tile.level, tile.index) = (id.level, id.index)) end as hashes
      from unnest($1::smallint[], $2::bigint[]) id (level, index)`,
    values: [wanted.map(({ level }) => level), wanted.map(({ index }) => index)],
  });
  return new Map(
    rows.flatMap(({ level, index, hashes }) => {
      const tile = { level, index: Number(index) };
      return hashes ? [[nameOf(tile), { ...tile, hashes }] as const] : [];
    }),
  );
}
