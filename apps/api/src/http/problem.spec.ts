import { BadRequestException, NotFoundException } from '@nestjs/common';
import { CountersignError, errorCodes, type ErrorCode } from '#libs/errors/errors';
import { languageOf, problemOf } from './problem';
import { problemTitle, titledCodes } from './problem-titles';
import { asCountersignError } from './problem.filter';

describe('problemOf', () => {
  it('keeps its own members whatever the detail says', () => {
    const detail = { code: 'x', status: 1, title: 'y', requestId: 'z', type: 't', holder: '王医生' };
    expect(problemOf('CLAIM_HELD', detail, { requestId: 'r', language: 'zh' })).toEqual({
      holder: '王医生',
      type: 'urn:countersign:problem:claim-held',
      title: '该审核正由他人处理',
      status: 409,
      code: 'CLAIM_HELD',
      requestId: 'r',
    });
  });
});

describe('problemTitle', () => {
  it('has Chinese for every code that a person can meet; those of a start go to a terminal', () => {
    const forPeople = (Object.keys(errorCodes) as ErrorCode[]).filter(
      (code) => !errorCodes[code].when.startsWith('a start'),
    );
    expect(forPeople.filter((code) => !titledCodes.includes(code))).toEqual([]);
    for (const code of titledCodes) expect(problemTitle(code, 'zh')).toMatch(/[\u4e00-\u9fff]/);
  });

  it('is the English of the code where English is asked for', () => {
    expect(problemTitle('NOT_FOUND', 'en')).toBe(errorCodes.NOT_FOUND.when);
  });
});

describe('languageOf', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['*', 'zh'],
    ['fr', 'zh'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['zh-CN,en;q=0.9', 'zh'],
    ['en;q=0.5, zh;q=0.8', 'zh'],
    ['de, en;q=0.3', 'en'],
    ['en;q=0', 'zh'],
    ['en;q=nonsense', 'zh'],
  ])('%s is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('asCountersignError', () => {
  const driver = (code: string, message = 'Key (name)=(张三) exists') =>
    Object.assign(new Error(message), { driverError: { code, detail: '张三' } });

  it.each([
    [new CountersignError('CLAIM_HELD'), 'CLAIM_HELD'],
    [driver('57P01'), 'DATABASE_UNAVAILABLE'],
    [driver('57014'), 'DATABASE_UNAVAILABLE'],
    [driver('53300'), 'DATABASE_UNAVAILABLE'],
    [driver('08006'), 'DATABASE_UNAVAILABLE'],
    [driver('25006'), 'DATABASE_UNAVAILABLE'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'DATABASE_UNAVAILABLE'],
    [new Error('Connection terminated unexpectedly'), 'DATABASE_UNAVAILABLE'],
    [new Error('Query read timeout'), 'DATABASE_UNAVAILABLE'],
    [new Error('timeout exceeded when trying to connect'), 'DATABASE_UNAVAILABLE'],
    [driver('23505'), 'CONFLICT'],
    [driver('40P01'), 'CONFLICT'],
    [driver('23502'), 'INTERNAL'],
    [driver('42501'), 'INTERNAL'],
    [new NotFoundException('Cannot GET /api/x'), 'NOT_FOUND'],
    [new BadRequestException(), 'VALIDATION_FAILED'],
    [Object.assign(new Error('too large'), { status: 413, type: 'entity.too.large' }), 'PAYLOAD_TOO_LARGE'],
    [Object.assign(new Error('bad'), { status: 400, body: '张三' }), 'VALIDATION_FAILED'],
    [new Error('张三'), 'INTERNAL'],
    ['张三', 'INTERNAL'],
    [null, 'INTERNAL'],
    [undefined, 'INTERNAL'],
    [{ code: 23505 }, 'INTERNAL'],
  ])('of %p is %s, and repeats nothing of it', (thrown, code) => {
    const error = asCountersignError(thrown);
    expect(error.code).toBe(code);
    expect(JSON.stringify(error.detail) + error.message).not.toContain('张三');
  });
});
