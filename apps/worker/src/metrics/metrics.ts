import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type ModelEvent } from '#libs/llm/events';
import { type Rejection } from '#libs/temporal/payload-codec';
import { type RelayDelivery } from '../outbox/relay';
import { type FindingKind, findingKinds, type ReconcilerReport } from '../reconciler/finding';
import { countOf } from '../reconciler/reconcile';

/** The worker's figures for Prometheus, and how the parts add to them. */
export interface Metrics {
  readonly registry: Registry;
  readonly delivered: (delivery: RelayDelivery) => void;
  readonly numbered: (count: number) => void;
  readonly reconciled: (report: ReconcilerReport) => void;
  readonly rejected: (rejection: Rejection) => void;
  readonly modelEvent: (event: ModelEvent) => void;
}

/** Makes the figures, in a registry of their own. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'countersign_worker_' });
  return {
    registry,
    ...relayMetrics(registry),
    ...reconcilerMetrics(registry),
    ...codecMetrics(registry),
    ...modelMetrics(registry),
  };
};

const relayMetrics = (registry: Registry): Pick<Metrics, 'delivered' | 'numbered'> => {
  const deliveries = new Counter({
    name: 'countersign_relay_deliveries_total',
    help: 'Starts and signals by what became of the attempt',
    labelNames: ['kind', 'outcome', 'reason'],
    registers: [registry],
  });
  const numbered = new Counter({
    name: 'countersign_feed_numbered_total',
    help: 'Changes that were numbered for the browsers',
    registers: [registry],
  });
  return { delivered: (delivery) => deliveries.inc({ ...delivery }), numbered: (count) => numbered.inc(count) };
};

const reconcilerMetrics = (registry: Registry): Pick<Metrics, 'reconciled'> => {
  const findings = new Gauge({
    name: 'countersign_reconciler_findings',
    help: 'What ledger and workflows did not agree on at the last comparison',
    labelNames: ['kind'],
    registers: [registry],
  });
  const compared = new Gauge({
    name: 'countersign_reconciler_last_seconds',
    help: 'When ledger and workflows were last compared with Temporal answering (Unix time)',
    registers: [registry],
  });
  return {
    reconciled: (report) => {
      for (const kind of Object.keys(findingKinds) as FindingKind[])
        findings.set({ kind }, countOf(report.findings, kind));
      if (report.temporal === 'asked') compared.set(Date.parse(report.at) / 1000);
    },
  };
};

const codecMetrics = (registry: Registry): Pick<Metrics, 'rejected'> => {
  const rejections = new Counter({
    name: 'countersign_payload_rejections_total',
    help: 'Temporal payloads that were not ours or not meant for their workflow',
    labelNames: ['reason'],
    registers: [registry],
  });
  return { rejected: ({ reason }) => rejections.inc({ reason }) };
};

const modelMetrics = (registry: Registry): Pick<Metrics, 'modelEvent'> => {
  const labelNames = ['prompt', 'outcome'];
  const drafts = new Histogram({
    name: 'countersign_draft_seconds',
    help: 'Time of a draft, re-asks and waiting included, by what became of it',
    labelNames,
    buckets: [0.5, 1, 2, 5, 10, 15, 20, 30, 45, 60, 90],
    registers: [registry],
  });
  const tokens = new Counter({
    name: 'countersign_draft_tokens_total',
    help: 'Tokens of prompts and answers',
    labelNames: ['prompt', 'side'],
    registers: [registry],
  });
  const breaker = new Gauge({
    name: 'countersign_model_breaker_open',
    help: '1 while the model endpoint is left alone after failures',
    registers: [registry],
  });
  const slots = new Gauge({
    name: 'countersign_model_slots',
    help: 'Drafts being written and drafts waiting for a slot',
    labelNames: ['state'],
    registers: [registry],
  });
  return {
    modelEvent: (event) => {
      if (event.kind === 'breaker') breaker.set(event.state === 'open' ? 1 : 0);
      if (event.kind === 'slots') {
        slots.set({ state: 'running' }, event.running);
        slots.set({ state: 'waiting' }, event.waiting);
      }
      if (event.kind !== 'draft') return;
      const { promptId: prompt, outcome } = event;
      drafts.observe({ prompt, outcome }, event.durationMs / 1000);
      tokens.inc({ prompt, side: 'prompt' }, event.promptTokens);
      tokens.inc({ prompt, side: 'answer' }, event.completionTokens);
    },
  };
};
