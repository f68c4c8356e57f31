import { type ChatRequestBody, draftFor, inputOf, modeOf } from './drafting';
import { isRehearsalFault } from './faults';

const drafters = { acuity: (input: unknown) => ({ saw: input }) };
const chat = (parts: Partial<ChatRequestBody> = {}): ChatRequestBody => ({
  model: 'rehearsal',
  messages: [
    { role: 'system', content: 'Read it.\nschema: acuity\n{}' },
    { role: 'user', content: 'a note' },
    { role: 'user', content: '{"complaint":"胸痛"}' },
  ],
  ...parts,
});
const named = (name: string) => ({ type: 'json_schema', json_schema: { name } });

describe('a rehearsal draft', () => {
  it('is written by the drafter that the response format names, from the last user message', () => {
    const request = chat({ response_format: named('acuity'), messages: [{ role: 'user', content: '{"a":1}' }] });
    expect(draftFor(request, drafters)).toEqual({ ok: true, text: '{"saw":{"a":1}}' });
  });

  it('is written by the drafter that the system message names in other modes', () => {
    expect(draftFor(chat(), drafters)).toEqual({ ok: true, text: '{"saw":{"complaint":"胸痛"}}' });
    expect(inputOf(chat())).toBe('{"complaint":"胸痛"}');
  });

  it('is refused for an unknown schema, no schema, names of Object, and input that is not JSON', () => {
    const code = (request: ChatRequestBody): string => {
      const drafted = draftFor(request, drafters);
      return drafted.ok ? 'ok' : `${drafted.status} ${drafted.code}`;
    };
    expect(code(chat({ response_format: named('other') }))).toBe('400 unknown_schema');
    expect(code(chat({ response_format: named('constructor') }))).toBe('400 unknown_schema');
    expect(code(chat({ messages: [{ role: 'user', content: '{}' }] }))).toBe('400 unknown_schema');
    expect(code(chat({ response_format: named('acuity'), messages: [{ role: 'user', content: '胸痛' }] }))).toBe(
      '400 input_not_json',
    );
  });

  it('knows the probe by itself', () => {
    expect(draftFor(chat({ response_format: named('countersign_probe') }), {})).toEqual({
      ok: true,
      text: '{"ready":true}',
    });
  });

  it('knows the mode of a request', () => {
    expect(modeOf(chat({ response_format: named('acuity') }))).toBe('json_schema');
    expect(modeOf(chat({ structured_outputs: { json: {} } }))).toBe('structured_outputs');
    expect(modeOf(chat({ response_format: { type: 'json_object' } }))).toBe('json_object');
    expect(modeOf(chat())).toBe('prompt');
  });
});

describe('isRehearsalFault', () => {
  it('knows the faults and nothing else', () => {
    expect(isRehearsalFault('stream-drip')).toBe(true);
    for (const other of ['toString', '', undefined, ['stream-drip']]) expect(isRehearsalFault(other)).toBe(false);
  });
});
