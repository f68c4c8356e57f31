import { downgrade } from './downgrade';
import {
  type CapabilityProfile,
  capabilityProfileSchema,
  createProfileBox,
  nextMode,
  structuredModes,
  unprobedProfile,
} from './profile';
import { type ChatRequest, requestBody } from './request-body';
import { input, notePrompt } from './testing';
import { wireFailure } from './wire-failure';

const request = (profile: Partial<CapabilityProfile> = {}, rest: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'deepseek-v4-pro',
  prompt: notePrompt,
  input,
  maxTokens: 800,
  thinking: 'default',
  correction: null,
  profile: { ...unprobedProfile, ...profile },
  ...rest,
});

const messagesOf = (body: Record<string, unknown>): { role: string; content: string }[] =>
  body['messages'] as { role: string; content: string }[];

describe('requestBody', () => {
  it('has the system message first and byte-identical, the patient data last, in every mode and at every re-ask', () => {
    const corrections = [null, { reason: 'schema', paths: ['$.level'] }];
    for (const structuredMode of structuredModes) {
      for (const correction of corrections) {
        const messages = messagesOf(requestBody(request({ structuredMode }, { correction })));
        expect(messages[0]).toEqual({ role: 'system', content: notePrompt.system });
        expect(messages.at(-1)).toEqual({ role: 'user', content: input });
        expect(messages).toHaveLength(correction === null ? 2 : 3);
        expect(JSON.stringify(messages.slice(0, -1))).not.toContain('胸口闷痛');
      }
    }
  });

  it('asks for a stream without variation', () => {
    expect(requestBody(request())).toMatchObject({
      temperature: 0,
      stream: true,
      max_tokens: 800,
      model: 'deepseek-v4-pro',
    });
  });

  it('asks for structure in the way the endpoint knows', () => {
    const modeOf = (structuredMode: CapabilityProfile['structuredMode']): unknown => {
      const { response_format, structured_outputs } = requestBody(request({ structuredMode }));
      return response_format ?? structured_outputs;
    };
    expect(modeOf('json_schema')).toEqual({
      type: 'json_schema',
      json_schema: { name: 'spec_note', schema: notePrompt.jsonSchema, strict: true },
    });
    expect(modeOf('structured_outputs')).toEqual({ json: notePrompt.jsonSchema });
    expect(modeOf('json_object')).toEqual({ type: 'json_object' });
    expect(modeOf('prompt')).toBeUndefined();
  });

  it('turns thinking off only when told to and where a switch is known', () => {
    const keys = (profile: Partial<CapabilityProfile>, thinking: 'default' | 'off'): string[] =>
      Object.keys(requestBody(request(profile, { thinking })));
    expect(keys({ thinkingSwitch: 'thinking' }, 'default')).not.toContain('thinking');
    expect(keys({ thinkingSwitch: null }, 'off')).not.toContain('thinking');
    expect(keys({ thinkingSwitch: 'thinking' }, 'off')).toContain('thinking');
    expect(keys({ thinkingSwitch: 'chat_template_kwargs' }, 'off')).toContain('chat_template_kwargs');
  });

  it('asks for usage only where that is accepted', () => {
    expect(requestBody(request())).toHaveProperty('stream_options');
    expect(requestBody(request({ streamUsage: false }))).not.toHaveProperty('stream_options');
  });
});

describe('downgrade', () => {
  const refused = (refuses: 'response_format' | 'stream_options' | 'thinking' | 'unknown') => ({
    ...wireFailure('request-refused'),
    refuses,
  });

  it('gives up one thing at a time and ends', () => {
    let profile: CapabilityProfile | null = { ...unprobedProfile, thinkingSwitch: 'thinking' };
    let steps = 0;
    for (const refuses of [
      'stream_options',
      'thinking',
      'response_format',
      'response_format',
      'response_format',
    ] as const) {
      profile = downgrade(profile, refused(refuses)) ?? profile;
      steps += 1;
    }
    expect(profile).toMatchObject({ structuredMode: 'prompt', streamUsage: false, thinkingSwitch: null });
    expect(steps).toBe(5);
    for (const refuses of ['stream_options', 'thinking', 'response_format', 'unknown'] as const) {
      expect(downgrade(profile, refused(refuses))).toBeNull();
    }
  });

  it('blames the mode for an unexplained refusal only while it has never worked', () => {
    expect(downgrade(unprobedProfile, refused('unknown'))).toMatchObject({ structuredMode: 'structured_outputs' });
    expect(downgrade({ ...unprobedProfile, structuredModeProven: true }, refused('unknown'))).toBeNull();
  });

  it('does nothing about a failure that is not a refusal', () => {
    expect(downgrade(unprobedProfile, wireFailure('server-error'))).toBeNull();
  });
});

describe('a capability profile', () => {
  it('is plain JSON that can be stored and read back', () => {
    expect(capabilityProfileSchema.parse(JSON.parse(JSON.stringify(unprobedProfile)))).toEqual(unprobedProfile);
  });

  it('has modes from best to plainest', () => {
    expect(structuredModes.map(nextMode)).toEqual(['structured_outputs', 'json_object', 'prompt', null]);
  });

  it('keeps what two requests learned at the same time, and tells once per change', () => {
    const seen: CapabilityProfile[] = [];
    const box = createProfileBox(unprobedProfile, (profile) => seen.push(profile));
    box.learn(unprobedProfile, { ...unprobedProfile, structuredMode: 'json_object' });
    box.learn(unprobedProfile, { ...unprobedProfile, reasoningField: 'reasoning' });
    box.learn(unprobedProfile, unprobedProfile);
    expect(box.current()).toMatchObject({ structuredMode: 'json_object', reasoningField: 'reasoning' });
    expect(seen).toHaveLength(2);
  });
});
