import { addPart, type Completion, emptyCompletion, finishFault, MAX_ANSWER_CHARS } from './completion';

const chunk = (delta: object, finish_reason: string | null = null): object => ({
  model: 'deepseek-chat',
  choices: [{ index: 0, delta, finish_reason }],
});
const built = (...parts: unknown[]): Completion => {
  const completion = emptyCompletion();
  parts.forEach((part) => addPart(completion, part));
  return completion;
};

describe('a completion', () => {
  it('gathers text, thinking, model, usage and the end of a stream', () => {
    const completion = built(
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: null, reasoning_content: '先想' }),
      chunk({ content: '{"a"' }),
      chunk({ content: ':1}' }),
      chunk({}, 'stop'),
      { choices: [], usage: { prompt_tokens: 5, completion_tokens: 7, prompt_cache_hit_tokens: 0 } },
    );
    expect(completion).toEqual({
      content: '{"a":1}',
      reasoning: '先想',
      reasoningField: 'reasoning_content',
      finishReason: 'stop',
      model: 'deepseek-chat',
      toolCalls: false,
      usage: {
        promptTokens: 5,
        completionTokens: 7,
        fields: ['prompt_tokens', 'completion_tokens', 'prompt_cache_hit_tokens'],
      },
    });
    expect(finishFault(completion)).toBeNull();
  });

  it('F-3: ends where it holds more than any answer needs, of content and thinking together', () => {
    const half = 'a'.repeat(MAX_ANSWER_CHARS / 2);
    const completion = built(chunk({ reasoning_content: half }), chunk({ content: half }));
    expect(addPart(completion, chunk({ content: 'b' }))).toBe('too-large');
    expect(completion.content).toBe(half);
    expect(addPart(emptyCompletion(), { choices: [{ message: { content: `${half}${half}b` } }] }, true)).toBe(
      'too-large',
    );
  });

  it('keeps thinking apart from content under either name', () => {
    expect(built(chunk({ reasoning: 'hm' }))).toMatchObject({
      content: '',
      reasoning: 'hm',
      reasoningField: 'reasoning',
    });
  });

  it('counts as progress only what brings text', () => {
    const completion = emptyCompletion();
    expect(addPart(completion, chunk({ role: 'assistant' }))).toBe('quiet');
    expect(addPart(completion, chunk({ content: '', reasoning_content: null }))).toBe('quiet');
    expect(addPart(completion, { choices: [] })).toBe('quiet');
    expect(addPart(completion, chunk({ reasoning_content: 'x' }))).toBe('text');
    expect(addPart(completion, chunk({ content: 'x' }))).toBe('text');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'ok'],
    ['a list', []],
    ['an empty object', {}],
    ['a /responses event', { type: 'response.created', response: { object: 'response' } }],
    ['a /responses body', { object: 'response', output: [], status: 'completed' }],
    [
      'two choices',
      {
        choices: [
          { index: 0, delta: {} },
          { index: 1, delta: {} },
        ],
      },
    ],
    ['another choice', { choices: [{ index: 1, delta: { content: 'x' } }] }],
    ['content in parts', chunk({ content: [{ type: 'text', text: 'x' }] })],
    ['content as a number', chunk({ content: 5 })],
    ['choices as an object', { choices: { 0: {} } }],
  ])('is not made of %s', (_name, part) => {
    expect(addPart(emptyCompletion(), part)).toBe('wrong-shape');
  });

  it('knows an error object, with a status of 200 or inside a stream', () => {
    expect(addPart(emptyCompletion(), { error: { message: 'x' } })).toBe('error-in-answer');
    expect(
      addPart(emptyCompletion(), {
        error: { code: 502 },
        choices: [{ delta: { content: '' }, finish_reason: 'error' }],
      }),
    ).toBe('error-in-answer');
    expect(addPart(emptyCompletion(), { error: null, choices: [] })).toBe('quiet');
  });

  it('wants the message of a whole body', () => {
    expect(addPart(emptyCompletion(), { choices: [] }, true)).toBe('wrong-shape');
    expect(addPart(emptyCompletion(), { choices: [{ index: 0, finish_reason: 'stop' }] }, true)).toBe('wrong-shape');
    expect(addPart(emptyCompletion(), { choices: [{ message: { content: 'x' }, finish_reason: 'stop' }] }, true)).toBe(
      'text',
    );
  });

  it('refuses text after the end', () => {
    const completion = built(chunk({ content: '{}' }), chunk({}, 'stop'));
    expect(addPart(completion, chunk({ content: '{"b":2}' }))).toBe('wrong-shape');
  });

  it.each([
    [null, 'no-finish'],
    ['length', 'truncated'],
    ['tool_calls', 'tool-call'],
    ['function_call', 'tool-call'],
    ['content_filter', 'filtered'],
    ['insufficient_system_resource', 'no-capacity'],
    ['abort', 'wrong-shape'],
    ['Stop. Patient 42', 'wrong-shape'],
  ])('that ended with %j is %s', (reason, fault) => {
    expect(finishFault(built(chunk({ content: '{}' }, reason)))).toBe(fault);
  });

  it('that said stop beside a tool call is a tool call', () => {
    expect(finishFault(built(chunk({ tool_calls: [{ index: 0 }] }), chunk({}, 'stop')))).toBe('tool-call');
  });

  it('lets neither a model name nor a finish reason carry text', () => {
    const completion = built({
      model: '甄患者 130102',
      choices: [{ delta: { content: 'x' }, finish_reason: '甄患者' }],
    });
    expect(completion).toMatchObject({ model: null, finishReason: 'other' });
  });

  it('takes only counts for counts', () => {
    const usage = { prompt_tokens: -1, completion_tokens: '7', 'total 甄': 1 };
    expect(built({ choices: [], usage }).usage).toEqual({
      promptTokens: null,
      completionTokens: null,
      fields: ['prompt_tokens', 'completion_tokens'],
    });
  });
});
