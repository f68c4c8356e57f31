import { lineOf, readJson } from './json-lines';

const text = `{
  "rules": [
    { "id": "pulse", "bands": [{ "from": 40 }] },
    {
      "id": "sp\\"o2"
    }
  ],
  "n": -1.5e3
}`;

describe('the lines of a JSON text', () => {
  it('are known for every value, by its path', () => {
    const { value, lines, brokenAt } = readJson(text);
    expect(brokenAt).toBeNull();
    expect(value).toEqual(JSON.parse(text));
    expect(['', 'rules', 'rules.0.bands.0.from', 'rules.1', 'rules.1.id', 'n'].map((path) => lines.get(path))).toEqual([
      1, 2, 3, 4, 5, 8,
    ]);
  });

  it('lead to what is around a path that is not there', () => {
    const { lines } = readJson(text);
    expect(lineOf(lines, 'rules.1.bands.2')).toBe(4);
    expect(lineOf(lines, 'other')).toBe(1);
  });

  it.each([
    ['{\n "a": 1,\n}', 3],
    ['{\n "a" 1\n}', 2],
    ['[1,\n2', 2],
    ['', 1],
    ['{}\n{}', 2],
    ['{"a":\n01}', 2],
    ["{'a': 1}", 1],
  ])('say where a text stops being JSON: %j', (broken, line) => {
    expect(() => JSON.parse(broken) as unknown).toThrow();
    expect(readJson(broken)).toMatchObject({ brokenAt: line, value: undefined });
  });
});
