import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readTriageFile, readTriageRows } from './triage-file';

const folder = mkdtempSync(join(tmpdir(), 'triage-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = 'id,triage,age,sex,mort30,icustatus,saturation,respirationsfrekvens,puls,systoliskblodtryk,gcs';
const lines = ['a,red,80,male,1,1,88,30,140,80,15', 'b,,30,female,0,0,98,16,70,120,15', 'c,violet,50,male,0,0,,,,,'];

const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const rowsOf = (path: string) => {
  const read = readTriageRows('danish', path);
  if ('failure' in read) throw new Error(read.failure);
  return { levels: read.rows.map(({ deskLevel }) => deskLevel), unreadable: read.unreadable };
};

describe('readTriageRows', () => {
  it('takes a colour as a level and anything else as none', () => {
    const text = `\ufeff${[header, ...lines].join('\r\n')}\r\n`;
    expect(rowsOf(file('good.csv', text))).toEqual({ levels: ['I', null, null], unreadable: 0 });
  });

  it.each([
    ['of another length', 'd,green,40'],
    ['with an open quote', 'd,"green,40,male,0,0,98,16,70,120,15'],
    ['with a quote too many', 'd,"green"x,40,male,0,0,98,16,70,120,15'],
    ['of an age that nobody reaches', 'd,green,900,male,0,0,98,16,70,120,15'],
  ])('counts a line %s and reads the others', (_name, line) => {
    const text = [header, lines[0], line, ...lines.slice(1)].join('\n');
    expect(rowsOf(file('broken.csv.gz', gzipSync(text)))).toEqual({ levels: ['I', null, null], unreadable: 1 });
  });

  it.each<[string, string, RegExp]>([
    ['other columns', 'a,b\n1,2\n', /lacks the columns: triage, age/],
    ['no line that can be read', `${header}\n1,2\n`, /has no data line/],
    ['nothing in it', '', /has no data line/],
  ])('says what is wrong with a file of %s', (_name, content, message) => {
    expect(readTriageRows('danish', file('bad.csv', content))).toEqual({ failure: expect.stringMatching(message) });
  });

  it('says that a file is not there', () => {
    const failure = expect.stringMatching(/cannot read .*none\.csv/) as string;
    expect(readTriageRows('ktas', join(folder, 'none.csv'))).toEqual({ failure });
    expect(readTriageFile('ktas', join(folder, 'none.csv'))).toEqual({ failure });
  });
});
