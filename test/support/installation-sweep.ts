import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier } from 'pg';
import { encodeGb18030 } from '#libs/interop/hl7v2/gb18030';
import { formsOf } from '#libs/invariants/canaries';

/** One form in which a planted text could lie somewhere, as the bytes to look for. */
export interface Needle {
  readonly of: string;
  readonly form: string;
  readonly bytes: Buffer;
}

const utf16 = (text: string, endian: 'le' | 'be'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return endian === 'le' ? bytes : bytes.swap16();
};

const hex = (bytes: Buffer): string => bytes.toString('hex');

/** Every form of the planted texts: plain, escaped, percent-encoded, base64, hex, UTF-16, GB18030 and those in hex. */
export const needlesOf = (planted: readonly string[]): Needle[] =>
  planted.flatMap((of) => {
    const utf8 = Buffer.from(of);
    const texts: Record<string, string> = {
      percent: encodeURIComponent(of),
      hex: hex(utf8),
      HEX: hex(utf8).toUpperCase(),
      'hex of UTF-16LE': hex(utf16(of, 'le')),
      'hex of GB18030': hex(encodeGb18030(of)),
      'hex of UTF-16BE': hex(utf16(of, 'be')),
      'base64 of UTF-16LE': utf16(of, 'le').toString('base64').slice(0, -4),
    };
    const forms: [string, Buffer][] = [
      ...formsOf(of).map((text): [string, Buffer] => ['text, escaped or base64', Buffer.from(text)]),
      ...Object.entries(texts).map(([form, text]): [string, Buffer] => [form, Buffer.from(text)]),
      ['UTF-16LE', utf16(of, 'le')],
      ['UTF-16BE', utf16(of, 'be')],
      ['GB18030', encodeGb18030(of)],
    ];
    return forms.filter(([, bytes]) => bytes.length > 5).map(([form, bytes]) => ({ of, form, bytes }));
  });

/** Where needles stick in some bytes. */
export const found = (place: string, content: Buffer | string, needles: readonly Needle[]): string[] => {
  const bytes = Buffer.from(content);
  return needles.filter((needle) => bytes.includes(needle.bytes)).map(({ of, form }) => `${place}: ${of} (${form})`);
};

/** Looks through every row of every table of a database; binary columns are read as hex. */
export const foundInDatabase = async (url: string, needles: readonly Needle[]): Promise<string[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ schema: string; name: string }>(
      `select schemaname schema, tablename name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    if (tables.length === 0) throw new Error('this role sees no table');
    const hits: string[] = [];
    for (const { schema, name } of tables) {
      const from = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${from} t`);
      hits.push(...found(`${client.database}.${name}`, rows.map(({ row }) => row).join('\n'), needles));
    }
    return hits;
  } finally {
    await client.end();
  }
};

/** Looks through every file below a folder, but not through the folders left out. */
export const foundInFiles = (folder: string, needles: readonly Needle[], leaveOut: readonly string[]): string[] =>
  filesBelow(folder, leaveOut).flatMap((file) => found(file, readFileSync(file), needles));

/** Every file below a folder, but not in the folders left out. */
export const filesBelow = (folder: string, leaveOut: readonly string[]): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (leaveOut.includes(path)) return [];
    return statSync(path).isDirectory() ? filesBelow(path, leaveOut) : [path];
  });
