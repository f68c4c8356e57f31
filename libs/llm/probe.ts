import { z } from 'zod';
import { type ErrorCode } from '#libs/errors/errors';
import { ask, type AskContext, type Asked } from './ask';
import { type Deadlines } from './deadlines';
import { type Discovery } from './discover';
import { downgrade } from './downgrade';
import { type FailureReason, failureReasons } from './outcome';
import { type CapabilityProfile, nextMode, unprobedProfile } from './profile';
import { definePrompt } from './prompt';

/** What a probe found, or why the endpoint cannot be used now. */
export type ProbeOutcome =
  | { ok: true; profile: CapabilityProfile }
  | { ok: false; code: ErrorCode; reason: FailureReason; retryable: boolean; retryAfterMs: number | null };

/** What a probe runs with. */
export interface ProbeRun {
  context: AskContext;
  deadlines: Deadlines;
  discovery: Discovery;
}

/** The tiny question of a probe; holds no patient data. */
export const probePrompt = definePrompt({
  id: 'endpoint/probe',
  version: 1,
  instructions: 'Say in JSON that you are ready: {"ready": true}',
  schema: z.strictObject({ ready: z.literal(true) }),
  schemaName: 'countersign_probe',
});

/** Enough for a model that thinks first. */
const MAX_TOKENS = 1024;
const THINKING_SWITCHES = ['thinking', 'chat_template_kwargs'] as const;

type Probed = Asked<z.infer<typeof probePrompt.schema>>;

const probeOnce = (run: ProbeRun, profile: CapabilityProfile): Promise<Probed> =>
  ask(run.context, {
    prompt: probePrompt,
    input: '{}',
    maxTokens: MAX_TOKENS,
    headers: {},
    correction: null,
    profile,
    deadlines: run.deadlines,
  });

const failed = ({ failure }: Probed): boolean => failure !== null && failure.reason !== 'truncated';

/** The plainer profile to go on with: a parameter was refused, or the answer in this mode was unusable. */
const plainer = (asked: Probed, profile: CapabilityProfile): CapabilityProfile | null => {
  if (asked.failure !== null) return downgrade(profile, asked.failure);
  const structuredMode = asked.reading?.kind === 'rejected' ? nextMode(profile.structuredMode) : null;
  return structuredMode === null ? null : { ...profile, structuredMode };
};

const reasoningOf = ({ completion, reading }: Probed): CapabilityProfile['reasoningField'] => {
  if (completion.reasoningField !== null) return completion.reasoningField;
  return reading?.kind === 'repaired' && reading.repairs.includes('think-block') ? 'think' : null;
};

const observed = (asked: Probed, profile: CapabilityProfile, discovery: Discovery): CapabilityProfile => ({
  ...profile,
  ...discovery,
  structuredModeProven: asked.reading !== null && asked.reading.kind !== 'rejected',
  reasoningField: reasoningOf(asked),
  usageFields: [...asked.completion.usage.fields],
  probedAt: new Date().toISOString(),
});

const findSwitch = async (run: ProbeRun, profile: CapabilityProfile): Promise<CapabilityProfile> => {
  if (run.context.thinking === 'default' || profile.reasoningField === null) return profile;
  for (const thinkingSwitch of THINKING_SWITCHES) {
    const candidate = { ...profile, thinkingSwitch };
    const asked = await probeOnce(run, candidate);
    if (asked.failure === null && reasoningOf(asked) === null) return candidate;
  }
  return profile;
};

/** Finds the best mode that the endpoint answers in, from `json_schema` down, and what else its answers show. */
export const runProbe = async (run: ProbeRun): Promise<ProbeOutcome> => {
  let profile = unprobedProfile;
  for (;;) {
    const asked = await probeOnce(run, profile);
    const next = plainer(asked, profile);
    if (next !== null) {
      profile = next;
    } else if (asked.failure !== null && failed(asked)) {
      const { reason, retryAfterMs } = asked.failure;
      return { ok: false, reason, ...failureReasons[reason], retryAfterMs };
    } else {
      return { ok: true, profile: await findSwitch(run, observed(asked, profile, run.discovery)) };
    }
  }
};
