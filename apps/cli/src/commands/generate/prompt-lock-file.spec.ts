import { z } from 'zod';
import { definePrompt } from '#libs/llm/prompt';
import { promptLockProblems, promptLockText, promptsAmong } from './prompt-lock-file';

const prompt = (instructions: string, version = 1) =>
  definePrompt({ id: 'desk/kind', version, instructions, schema: z.strictObject({ a: z.string() }), schemaName: 'a' });

describe('the lock of prompts', () => {
  it('finds the prompts among other exports', () => {
    const one = prompt('say');
    expect(promptsAmong({ one, make: () => undefined, id: 'desk/kind', other: { id: 'x' }, none: null })).toEqual([
      one,
    ]);
  });

  it('takes a new prompt and a new version, and keeps the old', () => {
    const [first, second] = [prompt('say'), prompt('say more', 2)];
    const text = promptLockText([first], null);
    const both = promptLockText([second], text);
    expect(JSON.parse(both)).toEqual([
      { id: 'desk/kind', version: 1, sha256: first.sha256 },
      { id: 'desk/kind', version: 2, sha256: second.sha256 },
    ]);
    expect(promptLockProblems([second], both)).toEqual([]);
    expect(promptLockText([second], both)).toBe(both);
  });

  it('fails for a prompt that changed without a new version, also after writing', () => {
    const text = promptLockText([prompt('say')], null);
    const changed = [prompt('say otherwise')];
    expect(promptLockText(changed, text)).toBe(text);
    expect(promptLockProblems(changed, text)).toEqual([
      'prompt desk/kind version 1: changed-without-new-version (give it a new version)',
    ]);
  });

  it('fails for a prompt that is not in it', () => {
    expect(promptLockProblems([prompt('say')], '[]\n')).toHaveLength(1);
  });
});
