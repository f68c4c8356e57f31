import { type Review } from '../../api/types';
import { transferExamples, transferForm } from '../../panels/transfer.examples';
import { actionOf, stepOf } from '../steps';
import { type Entry } from './entry';
import { type GateForm, schemaSense } from './gate-form';

const { sense: panel } = schemaSense(transferForm as unknown as GateForm);
const example = (name: string): Review => transferExamples[name]!;
const judged = example('draft-beside');
const draft = panel.drafted(judged) as Entry;
const action = (review: Review, entry: Entry) =>
  actionOf(review, { asDrafted: panel.isDraft(review, entry), lateOpened: false });

describe('the panel of a gate without one', () => {
  it('asks for the own value first, and never begins with the draft', () => {
    expect(stepOf(example('own-first'))).toBe('judge');
    expect(panel.blank(example('own-first'))).toMatchObject({ urgency: '', destination: '', monitored: '' });
    expect(panel.blank(example('evidence-first'))).toMatchObject({ urgency: '', destination: '', reason: '' });
    expect(panel.blank(judged)).toMatchObject({ urgency: 'today', destination: 'icu', reason: '', monitored: '' });
  });

  it('stores of the own value what the judgement has, once that is whole', () => {
    expect(panel.judgementOf(panel.blank(example('own-first')))).toBeNull();
    expect(panel.judgementOf({ ...draft, urgency: 'today' })).toEqual({
      urgency: 'today',
      destination: 'icu',
    });
  });

  it('signs nothing before it is whole', () => {
    expect(panel.contentOf(panel.blank(judged))).toBeNull();
    expect(panel.contentOf(draft)).toEqual(judged.draft?.proposes);
  });

  it('approves what is the draft in every field, and amends what is not', () => {
    expect(action(judged, draft)).toBe('approve');
    expect(action(judged, { ...draft, oxygen: ' 6.0 ' })).toBe('approve');
    expect(action(judged, { ...draft, oxygen: '5' })).toBe('amend');
    expect(action(judged, { ...draft, warnings: [] })).toBe('amend');
    expect(panel.drafted(example('not-approvable'))).toBeNull();
    expect(action(example('not-approvable'), draft)).toBe('amend');
  });
});
