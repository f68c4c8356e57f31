import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Texts = { readonly [key: string]: string | Texts };

const flat = (texts: Texts, before = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[before + key, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const read = (language: string, file: string): Map<string, string> =>
  new Map(flat(JSON.parse(readFileSync(join(__dirname, language, file), 'utf8')) as Texts));
const holes = (text: string | undefined): string[] => (text?.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe('the texts of the screens', () => {
  const files = readdirSync(join(__dirname, 'zh-CN'));

  it('are in both languages', () => {
    expect(files.length).toBeGreaterThan(5);
    expect(readdirSync(join(__dirname, 'en'))).toEqual(files);
  });

  it.each(files)('have the same keys and the same holes in both: %s', (file) => {
    const [zh, en] = [read('zh-CN', file), read('en', file)];
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted());
    for (const [key, text] of zh) expect([key, holes(en.get(key))]).toEqual([key, holes(text)]);
  });

  it.each(files)('are Chinese in Chinese, with its punctuation: %s', (file) => {
    for (const [key, text] of read('zh-CN', file))
      expect([key, text.match(/[\u4e00-\u9fff]\s?[,;:!?](?!\d)/)]).toEqual([key, null]);
  });
});
