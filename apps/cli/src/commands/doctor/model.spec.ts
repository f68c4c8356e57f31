import { unprobedProfile } from '#libs/llm/profile';
import { abilities } from './model';

describe('the abilities of a model', () => {
  it('are told as found', () => {
    expect(abilities(unprobedProfile)).toBe('structured output by json_schema (not proven), does not think aloud');
    const found = {
      ...unprobedProfile,
      structuredModeProven: true,
      structuredMode: 'json_object',
      reasoningField: 'reasoning_content',
      thinkingSwitch: 'thinking',
      contextSize: 65_536,
      models: 'not-listed',
    } as const;
    expect(abilities(found)).toBe(
      'structured output by json_object, thinks in reasoning_content, thinking is switched by thinking, context of 65536 tokens, the endpoint does not list this model',
    );
  });
});
