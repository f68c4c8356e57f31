import { Problem } from '../api/problem';
import { answerTo, factsNamedBy } from './refusals';

const refusal = (code: string, status = 409, detail = {}) => new Problem(status, code, detail);

describe('the answer to a refusal of signing', () => {
  it.each([
    ['ALREADY_DECIDED', 'too-late'],
    ['REVIEW_WITHDRAWN', 'too-late'],
    ['AWAITING_SECOND', 'too-late'],
    ['CLAIM_HELD', 'held'],
    ['VERSION_MISMATCH', 'conflict'],
    ['STALE_DRAFT', 'conflict'],
    ['STALE_FACTS', 'facts'],
    ['STALE_VITALS', 'measure'],
    ['REASON_REQUIRED', 'reason'],
    ['STEP_UP_REQUIRED', 'password'],
    ['SEPARATION_OF_DUTIES', 'said'],
  ])('%s: %s', (code, answer) => {
    expect(answerTo(refusal(code))).toBe(answer);
  });

  it('offers to send the same again only where nobody knows whether it happened', () => {
    expect(answerTo(refusal('NETWORK', 0))).toBe('send-again');
    expect(answerTo(refusal('DATABASE_UNAVAILABLE', 503))).toBe('send-again');
    expect(answerTo(refusal('SOMETHING_NEW', 502))).toBe('send-again');
    expect(answerTo(refusal('INTERNAL', 500))).toBe('said');
    expect(answerTo(new Error('a fault of the page'))).toBe('said');
  });

  it('names the facts to look at, and none where the refusal is about something else', () => {
    expect(factsNamedBy(refusal('STALE_FACTS', 409, { facts: ['a', 'b', 3] }))).toEqual(['a', 'b']);
    expect(factsNamedBy(refusal('STALE_VITALS', 409, { facts: ['a'] }))).toEqual(['a']);
    expect(factsNamedBy(refusal('CLAIM_HELD', 409, { facts: ['a'] }))).toEqual([]);
    expect(factsNamedBy(null)).toEqual([]);
  });
});
