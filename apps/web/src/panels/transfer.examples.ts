import { z } from 'zod';
import { type Review } from '../api/types';
import { example, exampleReview } from './example';

const { at, uuid } = example;

const medicine = z.strictObject({
  name: z.string().min(1).max(60),
  dose: z.number().min(0).max(1000),
  route: z.enum(['oral', 'intravenous']),
});

/* A process that the product does not have, with a gate of every kind of field and no panel of its own. */
const content = z.strictObject({
  urgency: z.enum(['now', 'today', 'planned']),
  destination: z.enum(['icu', 'cardiology', 'respiratory', 'neurology', 'surgery', 'orthopaedics', 'paediatrics']),
  monitored: z.boolean(),
  oxygen: z.number().min(0).max(15).nullable(),
  companions: z.array(z.enum(['nurse', 'physician', 'family'])).min(1),
  reason: z.string().min(1).max(500),
  by: z.strictObject({ route: z.string().min(1).max(60), minutes: z.int().min(1).max(120) }),
  medicines: z.array(medicine).max(5).default([]),
  warnings: z.array(z.string().min(1).max(80)).max(3).default([]),
});
const judgement = content.pick({ urgency: true, destination: true });

const gate = { process: 'transfer', step: 'handover' };

/** What the API would say of the gate. */
export const transferForm = {
  ...gate,
  content: z.toJSONSchema(content, { io: 'input' }),
  judgement: z.toJSONSchema(judgement, { io: 'input' }),
};

/** What the process would bring as `i18n/{zh-CN,en}/transfer.json`. */
export const transferTexts = {
  'zh-CN': {
    handover: {
      fields: {
        urgency: '缓急',
        destination: '转入科室',
        monitored: '途中心电监护',
        oxygen: '吸氧（L/min）',
        companions: '陪同人员',
        reason: '转科理由',
        by: '路线',
        'by-route': '经由',
        'by-minutes': '预计分钟数',
        medicines: '途中用药',
        'medicines-name': '药名',
        'medicines-dose': '剂量（mg）',
        'medicines-route': '途径',
        warnings: '注意事项',
        reasons: '依据',
        request: '转科申请',
        complaint: '病情',
        spo2: '血氧饱和度（%）',
      },
      hints: { reason: '接收科室会看到这段话。' },
      values: {
        'urgency-now': '立即',
        'urgency-today': '今日',
        'urgency-planned': '择期',
        'destination-icu': '重症医学科',
        'destination-cardiology': '心内科',
        'destination-respiratory': '呼吸科',
        'destination-neurology': '神经内科',
        'destination-surgery': '普外科',
        'destination-orthopaedics': '骨科',
        'destination-paediatrics': '儿科',
        'companions-nurse': '护士',
        'companions-physician': '医师',
        'companions-family': '家属',
        'medicines-route-oral': '口服',
        'medicines-route-intravenous': '静脉',
      },
    },
  },
  en: {
    handover: {
      fields: {
        urgency: 'Urgency',
        destination: 'To',
        monitored: 'Monitored on the way',
        oxygen: 'Oxygen (L/min)',
        companions: 'Who comes along',
        reason: 'Why',
        by: 'Way',
        'by-route': 'Through',
        'by-minutes': 'Minutes',
        medicines: 'Medicines on the way',
        'medicines-name': 'Name',
        'medicines-dose': 'Dose (mg)',
        'medicines-route': 'Route',
        warnings: 'Mind',
        reasons: 'Reasons',
        request: 'Request for a transfer',
        complaint: 'Condition',
        spo2: 'SpO2 (%)',
      },
      hints: { reason: 'The ward that takes the patient reads this.' },
      values: {
        'urgency-now': 'at once',
        'urgency-today': 'today',
        'urgency-planned': 'planned',
        'destination-icu': 'ICU',
        'destination-cardiology': 'Cardiology',
        'destination-respiratory': 'Respiratory',
        'destination-neurology': 'Neurology',
        'destination-surgery': 'Surgery',
        'destination-orthopaedics': 'Orthopaedics',
        'destination-paediatrics': 'Paediatrics',
        'companions-nurse': 'nurse',
        'companions-physician': 'physician',
        'companions-family': 'family',
        'medicines-route-oral': 'by mouth',
        'medicines-route-intravenous': 'intravenous',
      },
    },
  },
} as const;

const proposed: z.infer<typeof content> = {
  urgency: 'now',
  destination: 'icu',
  monitored: true,
  oxygen: 6,
  companions: ['nurse', 'physician'],
  reason: '氧合持续下降，需要呼吸支持',
  by: { route: '抢救电梯', minutes: 8 },
  medicines: [{ name: '去甲肾上腺素', dose: 2, route: 'intravenous' }],
  warnings: ['途中备好插管用物'],
};

const drafted = {
  ...proposed,
  reasons: [
    { zh: '血氧低于 90 %', en: 'SpO2 below 90 %', quote: '血氧 87 %', supported: true },
    { zh: '既往慢阻肺', en: 'known COPD', quote: '慢阻肺', supported: false },
  ],
};

const fact: Review['facts'][number] = {
  factId: uuid(50),
  kind: 'request',
  source: 'person',
  content: { complaint: '呼吸困难加重，面罩吸氧下血氧 87 %', spo2: 87 },
  effectiveAt: at(-6),
  recordedAt: at(-6),
  recordedBy: '王护士',
  overtakes: null,
};

const draft: NonNullable<Review['draft']> = {
  version: 1,
  sha256: 'a'.repeat(64),
  content: drafted,
  approvable: true,
  proposes: proposed,
  createdAt: at(-3),
  offered: false,
  basedOnFact: fact.factId,
  redraftRound: 0,
  changedSince: null,
  model: 'rehearsal',
  promptId: 'transfer',
  promptVersion: 1,
  rehearsal: true,
  suspicions: [],
};

const gateView = (mode: Review['gate']['mode']): Review['gate'] => ({
  mode,
  actions: ['approve', 'amend', 'manual'],
  reasonCodes: ['clinical-judgement', 'data-wrong'],
  reviewers: ['triage_nurse'],
  secondSigners: null,
  stepUp: false,
  leaseSeconds: 600,
});

const own = exampleReview({
  ...gate,
  gate: gateView('independent_first'),
  facts: [fact],
  rules: { spo2: 87, urgency: 'now' },
  allowed: ['judge', 'manual', 'defer', 'escalate', 'claim'],
});

const judged: Review = {
  ...own,
  mode: 'draft',
  allowed: ['approve', 'amend', 'manual', 'redraft', 'defer', 'escalate', 'claim'],
  judgement: { at: at(-1), content: { urgency: 'today', destination: 'icu' } },
  draft,
  redraft: { round: 0, pending: false, fields: ['urgency', 'destination', 'reasons'], notes: [] },
};

/** The review whose form was kept from another PC meanwhile: the first key in it brings the choice between both. */
export const conflictId = uuid(90);

/** What that other PC kept. */
export const keptElsewhere = { form: proposed, reason: null, reasonText: '' };

const signature: Review['signatures'][number] = {
  signatureId: uuid(60),
  sequence: 1,
  action: 'amend',
  meaning: 'overridden',
  name: '李护士',
  role: 'triage_nurse',
  licenceNo: null,
  signedAt: at(-1),
  reasonCode: 'clinical-judgement',
  reasonText: null,
  contentSha256: 'b'.repeat(64),
  content: { ...proposed, urgency: 'today' },
};

/** Every face of a gate without a panel. */
export const transferExamples: Readonly<Record<string, Review>> = {
  'own-first': own,
  'draft-beside': judged,
  'evidence-first': { ...judged, gate: gateView('evidence_first'), judgement: null },
  'not-approvable': { ...judged, draft: { ...draft, approvable: false, proposes: null } },
  conflict: { ...judged, reviewId: conflictId },
  decided: { ...judged, state: 'decided', version: 2, allowed: [], signatures: [signature] },
};
