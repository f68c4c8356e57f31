import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** How an endpoint can be asked for structured output, best first. */
export const structuredModes = ['json_schema', 'structured_outputs', 'json_object', 'prompt'] as const;

/** One of {@link structuredModes}. */
export type StructuredMode = (typeof structuredModes)[number];

/** What an endpoint can do, found by `probe()` and refined by its answers; plain JSON, so it can be stored and given back. */
export const capabilityProfileSchema = z.strictObject({
  structuredMode: z.enum(structuredModes),
  /** The probe's answer came in this mode; false means assumed. */
  structuredModeProven: z.boolean(),
  /** Where the model's thinking comes out; null means none was seen. */
  reasoningField: z.enum(['reasoning_content', 'reasoning', 'think']).nullable(),
  /** The request parameter that turns thinking off; null means none is known. */
  thinkingSwitch: z.enum(['thinking', 'chat_template_kwargs']).nullable(),
  /** Accepts `stream_options.include_usage`. */
  streamUsage: z.boolean(),
  /** Names of the usage fields it sends. */
  usageFields: z.array(z.string()),
  /** Path of its health check on the same origin. */
  healthPath: z.string().nullable(),
  /** Whether `/models` answers, and lists the configured model. */
  models: z.enum(['listed', 'not-listed', 'unavailable']).nullable(),
  /** In tokens, where `/models` says so. */
  contextSize: z.number().int().positive().nullable(),
  /** ISO time of the last successful probe. */
  probedAt: z.string().nullable(),
});

/** See {@link capabilityProfileSchema}. */
export type CapabilityProfile = z.infer<typeof capabilityProfileSchema>;

/** What is assumed before the first probe: the best mode, and that usage can be asked for. */
export const unprobedProfile: CapabilityProfile = {
  structuredMode: 'json_schema',
  structuredModeProven: false,
  reasoningField: null,
  thinkingSwitch: null,
  streamUsage: true,
  usageFields: [],
  healthPath: null,
  models: null,
  contextSize: null,
  probedAt: null,
};

/** The profile of an endpoint as it is now; `learn` keeps what differs from what was known when a request began. */
export interface ProfileBox {
  current(): CapabilityProfile;
  learn(before: CapabilityProfile, after: CapabilityProfile): void;
}

const changes = (before: CapabilityProfile, after: CapabilityProfile): Partial<CapabilityProfile> => {
  const known: ReadonlyMap<string, unknown> = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(known.get(key), value)));
};

/** Keeps a profile; two requests that learned different things both count. */
export const createProfileBox = (
  start: CapabilityProfile,
  onChange: (profile: CapabilityProfile) => void,
): ProfileBox => {
  let profile = start;
  return {
    current: () => profile,
    learn: (before, after) => {
      const learned = { ...profile, ...changes(before, after) };
      if (isDeepStrictEqual(learned, profile)) return;
      profile = learned;
      onChange(profile);
    },
  };
};

/** The next mode to try when one was refused; null after `prompt`, which asks for nothing. */
export const nextMode = (mode: StructuredMode): StructuredMode | null =>
  structuredModes[structuredModes.indexOf(mode) + 1] ?? null;
