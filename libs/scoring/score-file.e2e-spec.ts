import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { scoreTriageFile } from './score-file';

const folder = mkdtempSync(join(tmpdir(), 'score-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const header = 'id,triage,age,sex,mort30,icustatus,saturation,respirationsfrekvens,puls,systoliskblodtryk,gcs';
const lines = ['a,red,80,male,1,1,88,30,140,80,15', 'b,green,30,female,0,0,98,16,70,120,15', 'c,,50,male,0,0,,,,,'];
const text = `${[header, ...lines].join('\n')}\n`;

const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const score = (name: string, content: string | Buffer) => scoreTriageFile('danish', file(name, content));

const expected = {
  refused: 0,
  score: {
    n: 3,
    scored: 2,
    unscored: { 'nothing-measured': 1 },
    auc: { level: { death30: 1, icu: 1 }, order: { death30: 1, icu: 1 } },
    missed: { nurse: null, nurseAndFloor: null },
    overTriageAdded: { floor: null },
  },
};

describe('scoreTriageFile', () => {
  it('reads plain, gzip, Windows line ends and a byte order mark alike', () => {
    expect(score('plain.csv', text)).toEqual(expected);
    expect(score('packed.csv.gz', gzipSync(text))).toEqual(expected);
    expect(score('packed-without-ending', gzipSync(text))).toEqual(expected);
    expect(score('windows.csv', text.replaceAll('\n', '\r\n'))).toEqual(expected);
    expect(score('mark.csv', `\ufeff${text}`)).toEqual(expected);
  });

  it('takes every row, whatever stands in its cells', () => {
    const odd = 'd,purple,old,?,x,y,??,-3,99999,#BOŞ!,"1\n5"\n';
    expect(score('odd.csv', text + odd)).toMatchObject({
      score: { n: 4, unscored: { 'nothing-measured': 2 } },
      refused: 2,
    });
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /has no data line/],
    ['a header alone', `${header}\n`, /has no data line/],
    ['other columns', 'a,b\n1,2\n', /lacks the columns: triage, age/],
    ['lines of different length', `${text}d,green\n`, /is not a CSV file/],
    ['an open quote', `${text}d,"green`, /is not a CSV file/],
    ['a cut gzip', gzipSync(text).subarray(0, 60), /cannot read .*unexpected end of file/],
    ['something binary', Buffer.from([0, 1, 2, 255, 254, 10, 0, 7]), /lacks the columns|is not a CSV file/],
  ])('says what is wrong with %s', (name, content, message) => {
    expect(score(name.replaceAll(' ', '-'), content)).toEqual({ failure: expect.stringMatching(message) });
  });

  it('says when a file is not there or is a folder', () => {
    expect(scoreTriageFile('ktas', join(folder, 'none.csv'))).toEqual({
      failure: expect.stringMatching(/cannot read .*ENOENT/),
    });
    expect(scoreTriageFile('ktas', folder)).toEqual({ failure: expect.stringMatching(/cannot read .*EISDIR/) });
  });
});
