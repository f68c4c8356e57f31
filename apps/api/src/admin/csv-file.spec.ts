import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { type Cell, readCsv, writeCsv } from './csv-file';

const columns = [
  { key: 'name', header: '姓名' },
  { key: 'value', header: '值' },
];

async function* each(rows: readonly Record<string, Cell>[]): AsyncGenerator<Record<string, Cell>> {
  for (const row of rows) yield await Promise.resolve(row);
}

const written = async (...values: Cell[]) => {
  const file = await writeCsv(each(values.map((value) => ({ name: '令狐冲', value, unasked: '秘密' }))), columns);
  const text = (await buffer(readCsv(file))).toString('utf8');
  const parsed: string[][] = parse(text, { bom: true, record_delimiter: '\r\n' });
  return { file, text, values: parsed.slice(1).map(([, value]) => value) };
};

describe('a CSV file', () => {
  it.each([
    '=1+1',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    '=HYPERLINK("http://x")',
  ])('has %j as a text, not as a formula', async (formula) => {
    const { values } = await written(formula);
    expect(values).toEqual([`'${formula}`]);
  });

  it.each(['123456789012345678', '007', '12345678e9'])('keeps %s from being read as a number', async (id) => {
    expect((await written(id)).values).toEqual([`'${id}`]);
  });

  it('leaves everything else as it is', async () => {
    const plain = [
      '张三,"李四"',
      '一行\n二行',
      '一行\r二行',
      '2026-11-23T00:00:00Z',
      'a=b',
      '12',
      '01a209d7-59a5',
      '1e2f',
      '0.5',
      '',
      '𠮷',
      ' x ',
    ];
    const { values } = await written(...plain, -5, 0, true, false, null);
    expect(values).toEqual([...plain, '-5', '0', 'true', 'false', '']);
  });

  it('begins with a byte order mark, has its heading, and only the columns asked for', async () => {
    const { text, file } = await written('a');
    expect(text).toBe('\uFEFF姓名,值\r\n令狐冲,a\r\n');
    const bytes = Buffer.from(text);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(file).toMatchObject({ rows: 1, bytes: bytes.length, sha256 });
  });

  it('has its heading also where there are no rows', async () => {
    const { text, file } = await written();
    expect([text, file.rows]).toEqual(['\uFEFF姓名,值\r\n', 0]);
  });

  it('is not made where its rows cannot be read', async () => {
    // oxlint-disable-next-line require-yield -- it ends before its first row
    const broken = async function* (): AsyncGenerator<Record<string, Cell>> {
      await Promise.resolve();
      throw new Error('no more rows');
    };
    await expect(writeCsv(broken(), columns)).rejects.toThrow('no more rows');
  });
});
