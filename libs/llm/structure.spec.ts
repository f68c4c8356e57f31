import { z } from 'zod';
import { type RawAnswer } from './outcome';
import { definePrompt } from './prompt';
import { readAnswer, type Reading } from './structure';
import { CANARY, note, type Note, notePrompt } from './testing';

const valid = JSON.stringify(note);
const pretty = JSON.stringify(note, null, 2);
const read = (content: string, reasoning = ''): Reading<Note> => readAnswer({ content, reasoning }, notePrompt);
const withField = (field: string, json: string): string => {
  const rest = Object.entries(note).filter(([key]) => key !== field);
  return `{${[...rest.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`), `"${field}":${json}`].join(',')}}`;
};

interface Case {
  name: string;
  answer: RawAnswer;
  expected: 'valid' | 'repaired' | 'rejected';
}

const of =
  (expected: Case['expected']) =>
  (name: string, content: string, reasoning = ''): Case => ({ name, answer: { content, reasoning }, expected });
const ok = of('valid');
const repaired = of('repaired');
const rejected = of('rejected');

const bytes = Buffer.from(valid, 'utf8');
const truncated = Array.from({ length: bytes.length }, (_unused, cut) =>
  rejected(`cut at byte ${cut}`, bytes.subarray(0, cut).toString('utf8')),
);
const truncatedInFence = Array.from({ length: 40 }, (_unused, step) =>
  rejected(`fence cut at ${step}`, `\`\`\`json\n${pretty}`.slice(0, 8 + step * 3)),
);

const thinking: Case[] = [
  repaired('think block', `<think>先看胸痛。</think>\n\n${valid}`),
  repaired('think block with JSON inside', `<think>{"level":"4"}</think>${valid}`),
  repaired('thinking without its opening tag', `先看胸痛。\n</think>\n${valid}`),
  repaired('JSON as thinking without its opening tag', `${withField('level', '"4"')}\n</think>\n${valid}`),
  repaired('nested think', `<think>a<think>b</think>c</think>${valid}`),
  repaired('empty think', `<think>\n\n</think>\n\n${valid}`),
  repaired('think and fence', `<think>x</think>\n\`\`\`json\n${pretty}\n\`\`\``),
  rejected('think unclosed', `<think>先看胸痛。${valid}`),
  rejected('think reopened', `<think>a</think>${valid}<think>b`),
  rejected('nothing behind the thinking', `<think>${valid}</think>`),
  rejected('answer before the thinking', `${valid}<think>well</think>`),
  rejected('prose behind the thinking', `<think>a</think>The level is 2.`),
  ok('a tag inside a text', withField('reasons', '[{"text":"写着</think>","quote":null}]')),
];

const reasoningField: Case[] = [
  repaired('JSON only in the reasoning', '', valid),
  repaired('JSON only in the reasoning, content blank', ' \n ', valid),
  repaired('fenced JSON only in the reasoning', '', `\`\`\`json\n${valid}\n\`\`\``),
  rejected('prose and JSON in the reasoning', '', `I would say ${valid}`),
  rejected('prose in the reasoning', '', '先看胸痛。'),
  rejected('cut JSON in the reasoning', '', valid.slice(0, -1)),
  rejected('prose as content, JSON in the reasoning', '分级为二级。', valid),
  ok('JSON as content, other JSON in the reasoning', valid, withField('level', '"4"')),
];

const formatting: Case[] = [
  ok('as it should be', valid),
  ok('indented', pretty),
  ok('blank lines around', `\n\n ${valid} \n`),
  ok('CRLF', pretty.replaceAll('\n', '\r\n')),
  repaired('fence', `\`\`\`json\n${valid}\n\`\`\``),
  repaired('fence without language', `\`\`\`\n${pretty}\n\`\`\``),
  repaired('fence with CRLF', `\`\`\`json\r\n${valid}\r\n\`\`\``),
  repaired('trailing comma in the object', `${valid.slice(0, -1)},}`),
  repaired('trailing comma in a list', valid.replace('}],', '},],')),
  repaired('fence and trailing comma', `\`\`\`json\n${valid.slice(0, -1)},}\n\`\`\``),
  rejected('fence never closed', `\`\`\`json\n${valid}`),
  rejected('two fences', `\`\`\`json\n${valid}\n\`\`\`\n\`\`\`json\n${valid}\n\`\`\``),
  rejected('prose before', `Here it is: ${valid}`),
  rejected('prose after', `${valid}\nHope this helps.`),
  rejected('prose around a fence', `Here:\n\`\`\`json\n${valid}\n\`\`\``),
  rejected('two values', `${valid}${valid}`),
  rejected('value in a list', `[${valid}]`),
  rejected('value as a string', JSON.stringify(valid)),
  rejected('two commas', valid.replace('","', '",,"')),
  rejected('comments', valid.replace('{', '{// level\n')),
  rejected('single quotes', valid.replaceAll('"', "'")),
  rejected('full-width punctuation', valid.replaceAll(',', '，')),
  rejected('curly quotes', valid.replace('"level"', '“level”')),
  rejected('YAML', 'level: "2"\nminutes: 10'),
  rejected('XML', '<note><level>2</level></note>'),
  rejected('HTML', '<!doctype html><p>Bad gateway</p>'),
  rejected('empty', ''),
  rejected('blank', ' \n\t '),
  rejected('null', 'null'),
  rejected('number', '2'),
  rejected('empty object', '{}'),
  ok('BOM', `\uFEFF${valid}`),
];

const keys: Case[] = [
  rejected('duplicate key, same value', valid.replace('{', '{"level":"2",')),
  rejected('duplicate key, other value', valid.replace('{', '{"level":"4",')),
  rejected('duplicate key written with an escape', valid.replace('{', '{"lev\\u0065l":"4",')),
  rejected('duplicate key deep inside', valid.replace('[{', '[{"text":"x",')),
  rejected('__proto__', valid.replace('{', '{"__proto__":{"urgent":false},')),
  rejected('constructor', valid.replace('{', '{"constructor":{"prototype":{}},')),
  rejected('unknown key', valid.replace('{', '{"confidence":0.9,')),
  rejected('unknown key deep inside', valid.replace('[{', '[{"confidence":0.9,')),
  rejected('missing key', JSON.stringify({ ...note, urgent: undefined })),
  rejected('key in other case', valid.replace('"level"', '"Level"')),
  rejected('key with a space', valid.replace('"level"', '"level "')),
  rejected('key with a zero-width space', valid.replace('"level"', '"level\u200B"')),
  rejected('duplicate key inside a fence', `\`\`\`json\n${valid.replace('{', '{"level":"4",')}\n\`\`\``),
];

const levels = [
  '2',
  '"5"',
  '"0"',
  '""',
  '"二"',
  '"two"',
  '"TWO"',
  '["2"]',
  'null',
  '"２"',
  '" 2"',
  '"2 "',
  '"2级"',
  'true',
  '2.0',
];
const minutes = [
  '"10"',
  '"ten"',
  '"十"',
  '""',
  'null',
  '-1',
  '241',
  '10.5',
  '１０',
  '"１０"',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e3',
  '010',
  '+10',
  '0x0A',
  '1/5',
  '12,111',
  '9007199254740993',
  '1e400',
  '[10]',
  '{}',
  'true',
  '"false"',
];
const urgents = ['"true"', '"false"', '1', '0', '""', '"yes"', '"是"', 'null', 'True', 'TRUE', '[]'];
const reasons = [
  '[]',
  '{}',
  'null',
  '"胸痛"',
  '["胸痛"]',
  '[null]',
  '[{"text":"","quote":null}]',
  '[{"text":"a"}]',
  '[{"text":1,"quote":null}]',
  '[{"text":null,"quote":null}]',
  '[[{"text":"a","quote":null}]]',
  '{"0":{"text":"a","quote":null}}',
];
const values: Case[] = [
  ...levels.map((json) => rejected(`level ${json}`, withField('level', json))),
  ...minutes.map((json) => rejected(`minutes ${json}`, withField('minutes', json))),
  ...urgents.map((json) => rejected(`urgent ${json}`, withField('urgent', json))),
  ...reasons.map((json) => rejected(`reasons ${json}`, withField('reasons', json))),
  ok('minutes 0', withField('minutes', '0')),
  ok('minutes 240', withField('minutes', '240')),
  ok('minutes 10.0, which is the integer 10', withField('minutes', '10.0')),
  ok('quote null', withField('reasons', '[{"text":"a","quote":null}]')),
];

const text = (quoted: string): string => withField('reasons', `[{"text":${JSON.stringify(quoted)},"quote":null}]`);
const texts: Case[] = [
  repaired('zero-width space', text('胸\u200B痛')),
  repaired('hidden instruction in tag characters', text('胸痛\u{E0041}\u{E0042}')),
  repaired('variation selector', text('胸痛\uFE0F')),
  repaired('word joiner', text('胸\u2060痛')),
  rejected('nothing but invisible characters', text('\u200B\u200C')),
  rejected('one token for ever', text('胸痛'.repeat(400))),
  rejected('one character for ever', text('0'.repeat(8000))),
  rejected('broken encoding', text('锟斤拷锟斤拷')),
  rejected('replacement characters', text('胸\uFFFD\uFFFD痛')),
  rejected('lone surrogate', withField('reasons', '[{"text":"\\ud800","quote":null}]')),
  rejected('NUL', withField('reasons', '[{"text":"a\\u0000b","quote":null}]')),
  rejected('depth', withField('reasons', '['.repeat(5000))),
];

const corpus: Case[] = [
  ...truncated,
  ...truncatedInFence,
  ...thinking,
  ...reasoningField,
  ...formatting,
  ...keys,
  ...values,
  ...texts,
];

describe('the structure of answers (L-2)', () => {
  it('has a corpus of at least 150, beside the truncations', () => {
    expect(corpus.length - truncated.length - truncatedInFence.length).toBeGreaterThanOrEqual(130);
    expect(corpus.length).toBeGreaterThanOrEqual(250);
  });

  it.each(corpus)('classifies: $name', ({ answer, expected }) => {
    const reading = readAnswer(answer, notePrompt);
    expect(reading.kind).toBe(expected);
    if (reading.kind === 'repaired') expect(reading.repairs.length).toBeGreaterThan(0);
    // No silent coercion: what is accepted is literally what was written, or the value behind a recorded repair.
    if (reading.kind === 'valid') expect(reading.value).toEqual(JSON.parse(answer.content.trim()));
    if (reading.kind === 'repaired' && !reading.repairs.includes('invisible-characters')) {
      expect(reading.value).toEqual(note);
    }
  });

  it('gives the value of a repaired answer, not another', () => {
    expect(read(`${withField('level', '"4"')}</think>${valid}`)).toEqual({
      kind: 'repaired',
      value: note,
      repairs: ['think-block'],
    });
    expect(read('', valid)).toEqual({ kind: 'repaired', value: note, repairs: ['json-in-reasoning'] });
  });

  it('takes invisible characters out of the value', () => {
    expect(read(text('胸\u200B痛\u{E0041}'))).toMatchObject({ value: { reasons: [{ text: '胸痛' }] } });
  });

  it('names the paths that do not fit, and no value or foreign name', () => {
    const hostile = `{"level":"${CANARY}","reasons":[{"text":1,"quote":null,"${CANARY}":1}],"minutes":"x","urgent":true,"${CANARY}":1}`;
    const reading = read(hostile);
    expect(reading).toMatchObject({ kind: 'rejected', reason: 'schema' });
    expect(JSON.stringify(reading)).not.toContain(CANARY);
    expect(reading).toMatchObject({
      paths: expect.arrayContaining(['$.level', '$.reasons[0].text', '$.minutes']) as unknown,
    });
  });

  it('hides the keys of a record in paths', () => {
    const schema = z.strictObject({ scores: z.record(z.string(), z.number()) });
    const prompt = definePrompt({
      id: 'spec/record',
      version: 1,
      instructions: 'x',
      schema,
      schemaName: 'spec_record',
    });
    expect(readAnswer({ content: `{"scores":{"${CANARY}":"high"}}`, reasoning: '' }, prompt)).toEqual({
      kind: 'rejected',
      reason: 'schema',
      paths: ['$.scores.*'],
    });
  });

  it('refuses what a careless schema would change: coercion, defaults, dropped keys', () => {
    const careless = z.object({ minutes: z.coerce.number(), urgent: z.boolean().default(true) });
    const prompt = definePrompt({
      id: 'spec/careless',
      version: 1,
      instructions: 'x',
      schema: careless,
      schemaName: 'c',
    });
    const reason = (content: string): unknown => readAnswer({ content, reasoning: '' }, prompt);
    for (const content of ['{"minutes":"","urgent":true}', '{"minutes":5}', '{"minutes":5,"urgent":true,"more":1}']) {
      expect(reason(content)).toMatchObject({ kind: 'rejected', reason: 'coerced' });
    }
    expect(reason('{"minutes":5,"urgent":true}')).toMatchObject({ kind: 'valid' });
  });

  it('refuses a draft in another language where one is asked for', () => {
    const chinese = { ...notePrompt, language: 'zh' as const };
    const english = text('The patient has had crushing chest pain since this morning.');
    expect(readAnswer({ content: english, reasoning: '' }, chinese)).toMatchObject({ reason: 'wrong-language' });
    expect(readAnswer({ content: valid, reasoning: '' }, chinese)).toMatchObject({ kind: 'valid' });
  });
});
