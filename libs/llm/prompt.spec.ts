import fc from 'fast-check';
import { z } from 'zod';
import { definePrompt, type PromptDefinition, correctionMessage } from './prompt';
import { checkPromptLock, extendPromptLock, type PromptLock, promptLockSchema } from './prompt-lock';
import { notePrompt } from './testing';

const definition: PromptDefinition<{ a: string }> = {
  id: 'spec/a',
  version: 1,
  instructions: 'Read it.',
  schema: z.strictObject({ a: z.string() }),
  schemaName: 'spec_a',
};
const prompt = definePrompt(definition);
const lock: PromptLock = [{ id: 'spec/a', version: 1, sha256: prompt.sha256 }];

describe('definePrompt', () => {
  it('puts instructions, schema name and schema into one system message', () => {
    expect(prompt.system.startsWith('Read it.\n')).toBe(true);
    expect(prompt.system).toMatch(/^schema: spec_a$/m);
    expect(prompt.system).toContain('"additionalProperties":false');
    expect(prompt.system).toContain('JSON');
  });

  it('gives the same bytes and digest for the same definition', () => {
    expect(definePrompt({ ...definition })).toMatchObject({ system: prompt.system, sha256: prompt.sha256 });
  });

  it('gives another digest for other instructions, another schema or another name', () => {
    const others = [
      { ...definition, instructions: 'Read it!' },
      { ...definition, schemaName: 'spec_b' },
      { ...definition, schema: z.strictObject({ a: z.string().max(9) }) },
    ].map((other) => definePrompt(other).sha256);
    expect(new Set([prompt.sha256, ...others]).size).toBe(4);
  });

  it('refuses a bad name, a bad version and a schema that JSON Schema cannot say', () => {
    expect(() => definePrompt({ ...definition, schemaName: '分级' })).toThrow('schemaName');
    expect(() => definePrompt({ ...definition, version: 0 })).toThrow('version');
    expect(() => definePrompt({ ...definition, version: 1.5 })).toThrow('version');
    expect(() => definePrompt({ ...definition, schema: z.strictObject({ at: z.date() }) })).toThrow();
  });
});

describe('correctionMessage', () => {
  it('names reason and paths only', () => {
    const message = correctionMessage('schema', ['$.level', '$.reasons[0].text']);
    expect(message).toContain('(schema)');
    expect(message).toContain('$.level, $.reasons[0].text');
    expect(correctionMessage('syntax', [])).not.toContain('Paths');
  });
});

describe('the prompt lock (L-10)', () => {
  it('accepts prompts that are as locked', () => {
    expect(checkPromptLock([prompt], lock)).toEqual([]);
  });

  it('fails when the instructions change without a new version', () => {
    const changed = definePrompt({ ...definition, instructions: 'Read it twice.' });
    expect(checkPromptLock([changed], lock)).toEqual([
      { id: 'spec/a', version: 1, problem: 'changed-without-new-version' },
    ]);
  });

  it('fails for any change of one character in any prompt', () => {
    fc.assert(
      fc.property(fc.nat(), (at) => {
        const { instructions } = notePrompt;
        const place = at % instructions.length;
        const changed = definePrompt({
          ...notePrompt,
          instructions: `${instructions.slice(0, place)}#${instructions.slice(place)}`,
        });
        const locked = [{ id: notePrompt.id, version: notePrompt.version, sha256: notePrompt.sha256 }];
        expect(checkPromptLock([changed], locked)).toHaveLength(1);
      }),
    );
  });

  it('cannot be talked round by writing the lock anew', () => {
    const changed = definePrompt({ ...definition, instructions: 'Read it twice.' });
    const rewritten = extendPromptLock([changed], lock);
    expect(rewritten).toEqual(lock);
    expect(checkPromptLock([changed], rewritten)).toHaveLength(1);
  });

  it('takes a new version once it is written down, and keeps the old one', () => {
    const second = definePrompt({ ...definition, version: 2, instructions: 'Read it twice.' });
    expect(checkPromptLock([second], lock)).toEqual([{ id: 'spec/a', version: 2, problem: 'not-in-lock' }]);
    const extended = extendPromptLock([second], lock);
    expect(extended.map(({ version }) => version)).toEqual([1, 2]);
    expect(checkPromptLock([second], extended)).toEqual([]);
    expect(checkPromptLock([prompt], extended)).toEqual([{ id: 'spec/a', version: 1, problem: 'version-went-back' }]);
    expect(promptLockSchema.parse(JSON.parse(JSON.stringify(extended)))).toEqual(extended);
  });

  it('fails for two prompts of one id', () => {
    expect(checkPromptLock([prompt, prompt], lock)).toEqual([{ id: 'spec/a', version: 1, problem: 'duplicate' }]);
  });
});
