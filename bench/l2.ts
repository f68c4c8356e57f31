import { setTimeout as sleep } from 'node:timers/promises';
import { REHEARSAL_MODEL, type RehearsalServer, startRehearsalServer } from '#libs/llm/rehearsal/server';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { type PrefixShare, prefixShareOf, type SentPrompt, unitsOf } from './measure/prompt-prefix';
import { registrationOf } from './sides/product.side';
import { type BenchSite } from './site/bench-site';
import { type Desk, successOf } from './site/desk';

/** How much is measured. */
export interface L2Size {
  /** Patients who differ from each other. */
  readonly patients: number;
}

/** The prompts of the acuity draft, counted in characters and in units near tokens. */
export interface L2Result {
  readonly prompts: number;
  readonly characters: PrefixShare;
  readonly units: PrefixShare;
}

/** A model that keeps what it was sent. */
export interface RecordingModel {
  readonly server: RehearsalServer;
  readonly env: Readonly<Record<string, string>>;
  readonly sent: readonly SentPrompt[];
}

interface Message {
  readonly role: string;
  readonly content: string;
}

/** Starts a model that drafts from rules at once and keeps every request for a draft. */
export const startRecordingModel = async (): Promise<RecordingModel> => {
  const sent: SentPrompt[] = [];
  const server = await startRehearsalServer({
    drafters: { triage_acuity: rehearseAcuity },
    onRequest: ({ body }) => {
      if (body.includes('triage_acuity')) sent.push(promptOf((JSON.parse(body) as { messages: Message[] }).messages));
    },
  });
  return { server, env: { DEEPSEEK_BASE_URL: server.baseUrl, DEEPSEEK_MODEL: REHEARSAL_MODEL }, sent };
};

/** The patient's data are the last message; the roles stand in the text, as chat templates put them there. */
const promptOf = (messages: readonly Message[]): SentPrompt => ({
  fixed: [...messages.slice(0, -1), { role: messages.at(-1)?.role ?? '', content: '' }]
    .map(({ role, content }) => `${role}: ${content}`)
    .join('\n'),
  data: messages.at(-1)?.content ?? '',
});

const quietMs = 60_000;

/** L2: registers different patients and looks at what the model is sent. */
export const runL2 = async (
  { desks, ledger }: BenchSite,
  { patients, model }: L2Size & { readonly model: RecordingModel },
): Promise<L2Result> => {
  await ledger.rollOut('draft');
  for (let i = 0; i < patients; i++) await register(desks[i % desks.length], ledger.wardId, i);
  let [seen, since] = [-1, Date.now()];
  while (model.sent.length < patients) {
    if (model.sent.length > seen) [seen, since] = [model.sent.length, Date.now()];
    if (Date.now() - since > quietMs) throw new Error(`the model was asked for ${seen} of ${patients} drafts`);
    await sleep(200);
  }
  const characters = prefixShareOf(model.sent, (text) => text.length);
  return { prompts: model.sent.length, characters, units: prefixShareOf(model.sent, unitsOf) };
};

const complaints = ['胸痛伴出汗两小时', '腹痛呕吐一天', '发热咳嗽三天', '右踝扭伤', '头晕，言语不清', '皮疹瘙痒'];

/* Each in something unlike the one before: complaint, age, sex, vital signs and so the rules that fire. */
const register = async (desk: Desk | undefined, wardId: string, i: number): Promise<void> => {
  const usual = registrationOf(wardId);
  const body = {
    ...usual,
    patient: {
      ...usual.patient,
      sex: i % 2 ? 'male' : 'female',
      birthDate: `${1935 + ((i * 7) % 85)}-0${1 + (i % 9)}-11`,
    },
    assessment: {
      ...usual.assessment,
      complaint: `${complaints[i % complaints.length]}，第${i + 1}次就诊`,
      vitals: {
        ...usual.assessment.vitals,
        respiratoryRate: 12 + (i % 20),
        spo2: 85 + (i % 15),
        pulse: 55 + ((i * 3) % 90),
      },
    },
  };
  if (desk) successOf(await desk.post('/api/triage/cases', body));
};
