import { complaintQuestions } from './complaint-questions';

describe('complaint-questions', () => {
  const { topics } = complaintQuestions;

  it('names topics and questions once, in both languages', () => {
    expect(new Set(topics.map(({ id }) => id)).size).toBe(topics.length);
    for (const { questions } of topics) {
      expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
      expect(questions.every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && en.endsWith('?'))).toBe(true);
    }
  });

  it('lists English words in lower case and Chinese words in Chinese', () => {
    for (const { words } of topics) {
      expect(words.en.every((word) => word === word.toLowerCase())).toBe(true);
      expect(words.zh.every((word) => /^\p{Script=Han}+$/u.test(word))).toBe(true);
    }
  });
});
