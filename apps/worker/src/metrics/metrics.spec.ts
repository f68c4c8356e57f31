import { type ReconcilerReport } from '../reconciler/finding';
import { addLedgerGauges } from './ledger-gauges';
import { createMetrics } from './metrics';

describe('the figures of the worker', () => {
  it('count deliveries by what became of them, and numbered changes', async () => {
    const { registry, delivered, numbered } = createMetrics();
    delivered({ kind: 'start', outcome: 'sent', reason: 'ok' });
    delivered({ kind: 'signal', outcome: 'dead', reason: 'not-found' });
    delivered({ kind: 'signal', outcome: 'dead', reason: 'not-found' });
    numbered(7);
    const text = await registry.metrics();
    expect(text).toContain('countersign_relay_deliveries_total{kind="start",outcome="sent",reason="ok"} 1');
    expect(text).toContain('countersign_relay_deliveries_total{kind="signal",outcome="dead",reason="not-found"} 2');
    expect(text).toContain('countersign_feed_numbered_total 7');
  });

  it('say of each kind what the last comparison found, and when Temporal last answered', async () => {
    const { registry, reconciled } = createMetrics();
    const finding = {
      kind: 'outbox-dead',
      key: 'k',
      organisationId: null,
      caseId: null,
      reviewId: null,
      since: null,
      detail: {},
    } as const;
    const report: ReconcilerReport = {
      at: '2026-01-01T00:00:00.000Z',
      temporal: 'asked',
      truncated: false,
      findings: [finding],
    };
    reconciled(report);
    expect(await registry.metrics()).toContain('countersign_reconciler_findings{kind="outbox-dead"} 1');
    reconciled({ ...report, at: '2026-02-01T00:00:00.000Z', temporal: 'away', findings: [] });
    const text = await registry.metrics();
    expect(text).toContain('countersign_reconciler_findings{kind="outbox-dead"} 0');
    expect(text).toContain(`countersign_reconciler_last_seconds ${Date.parse('2026-01-01') / 1000}`);
  });

  it('count refused payloads by reason only', async () => {
    const { registry, rejected } = createMetrics();
    rejected({ reason: 'forged', contextType: 'workflow', workflowId: '王小明' });
    const text = await registry.metrics();
    expect(text).toContain('countersign_payload_rejections_total{reason="forged"} 1');
    expect(text).not.toContain('王小明');
  });

  it('show drafts, tokens, breaker and slots of the model', async () => {
    const { registry, modelEvent } = createMetrics();
    const draft = {
      kind: 'draft',
      promptId: 'triage/acuity',
      durationMs: 1500,
      attempts: 1,
      promptTokens: 10,
      completionTokens: 5,
    } as const;
    modelEvent({ ...draft, outcome: 'valid' });
    modelEvent({ kind: 'breaker', state: 'open' });
    modelEvent({ kind: 'slots', running: 3, waiting: 2 });
    const text = await registry.metrics();
    expect(text).toContain('countersign_draft_seconds_count{prompt="triage/acuity",outcome="valid"} 1');
    expect(text).toContain('countersign_draft_tokens_total{prompt="triage/acuity",side="answer"} 5');
    expect(text).toContain('countersign_model_breaker_open 1');
    expect(text).toContain('countersign_model_slots{state="waiting"} 2');
    modelEvent({ kind: 'breaker', state: 'closed' });
    expect(await registry.metrics()).toContain('countersign_model_breaker_open 0');
  });

  it('are not a number, and still answer, while PostgreSQL is away', async () => {
    const { registry } = createMetrics();
    const away = jest.fn(() => Promise.reject(new Error('away')));
    addLedgerGauges(registry, away);
    const text = await registry.metrics();
    expect(text).toContain('countersign_outbox_depth Nan');
    expect(text).toContain('countersign_feed_lag_seconds Nan');
    expect(away).toHaveBeenCalledTimes(1);
  });
});
