import { createReadStream } from 'node:fs';
import { Client, escapeIdentifier } from 'pg';
import { actingForInstallation } from '#libs/db/for-installation';
import { type Violation } from './violation';

/** Where canaries are looked for: whole databases (by a role that may read all of them) and files. */
export interface SearchedPlaces {
  readonly databaseUrls: readonly string[];
  readonly files: readonly string[];
}

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
}

const columnsSql = `
select n.nspname "schema", c.relname "table", a.attname "column", t.typname "type"
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
where c.relkind in ('r', 'p', 'm') and a.attnum > 0 and not a.attisdropped
  and n.nspname not in ('pg_catalog', 'information_schema') and t.typcategory not in ('B', 'D', 'N', 'T', 'E')
  and t.typname <> 'uuid'`;

/**
 * The forms in which a text may lie somewhere: as it is, as JSON escapes it, as base64 (in each of three alignments).
 * Throws on a text so short that it would be found by chance.
 */
export const formsOf = (canary: string): string[] => {
  if (Buffer.byteLength(canary) < 6) throw new RangeError('a canary has at least six bytes');
  const escaped = JSON.stringify(canary).slice(1, -1);
  const ascii = escaped.replaceAll(/[^ -~]/gu, unicodeEscape);
  const aligned = [0, 1, 2].map((shift) => base64Core(Buffer.from(canary, 'utf8'), shift));
  return [...new Set([canary, escaped, ascii, ...aligned])];
};

const unicodeEscape = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/* What the bytes are in base64 wherever they begin, without the signs that their neighbours take part in. */
const base64Core = (bytes: Buffer, shift: number): string => {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  return padded.slice(shift === 0 ? 0 : shift + 1, padded.length - 1);
};

/**
 * I6: where canaries (texts planted as patient data) lie in the clear. Every column that can hold text is searched, the
 * encrypted ones too: what is encrypted does not contain them. Answers places, never the canary.
 */
export const canaryLeaks = async (
  { databaseUrls, files }: SearchedPlaces,
  canaries: readonly string[],
): Promise<Violation[]> => {
  const forms = canaries.flatMap(formsOf);
  const places: string[] = [];
  for (const url of databaseUrls) places.push(...(await leaksInDatabase(url, forms)));
  for (const file of files) if (await isIn(file, forms)) places.push(`file ${file}`);
  return places.map((where) => ({ invariant: 'I6', what: 'a canary lies there in the clear', where }));
};

const leaksInDatabase = async (url: string, forms: readonly string[]): Promise<string[]> => {
  const client = new Client({ connectionString: actingForInstallation(url) });
  await client.connect();
  try {
    const { rows: columns } = await client.query<Column>(columnsSql);
    if (columns.length === 0) throw new Error('this role sees no table: it cannot search for canaries');
    const places: string[] = [];
    for (const column of columns) {
      const { rowCount } = await client.query(searchSql(column), [forms]);
      if (rowCount) places.push(`column ${client.database}.${column.schema}.${column.table}.${column.column}`);
    }
    return places;
  } finally {
    await client.end();
  }
};

const searchSql = ({ schema, table, column, type }: Column): string => {
  const name = escapeIdentifier(column);
  const holds =
    type === 'bytea' ? `position(convert_to(f, 'UTF8') in ${name}) > 0` : `position(f in ${name}::text) > 0`;
  const from = `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  return `select 1 from ${from} where exists (select from unnest($1::text[]) f where ${holds}) limit 1`;
};

const isIn = async (file: string, forms: readonly string[]): Promise<boolean> => {
  const longest = Math.max(...forms.map((form) => Buffer.byteLength(form)), 1);
  let carried = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([carried, chunk]);
    if (forms.some((form) => bytes.includes(form))) return true;
    carried = bytes.subarray(Math.max(0, bytes.length - longest + 1));
  }
  return false;
};
