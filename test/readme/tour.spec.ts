import { blocksOf, outputsOf, printed, scriptOf, stepsOf, tourIn } from './tour';

const page = `# A page

\`\`\`sh
npm start
\`\`\`

<!-- tour: explained -->

First what is needed.

\`\`\`sh
BASE=http://127.0.0.1:1
say() { echo "$BASE $1"; }
\`\`\`

**1. Say it** to somebody.

\`\`\`sh
say a.b
\`\`\`

\`\`\`text
http://… a.b
\`\`\`

<!-- /tour -->
`;

describe('a tour in a document', () => {
  it('has the steps between its marks, each with what it prints', () => {
    expect(stepsOf(page)).toEqual([
      { title: 'preparation', commands: 'BASE=http://127.0.0.1:1\nsay() { echo "$BASE $1"; }\n', prints: null },
      { title: '1. Say it', commands: 'say a.b\n', prints: 'http://… a.b\n' },
    ]);
    expect(blocksOf(page, 'sh')).toHaveLength(3);
    expect(() => tourIn('# nothing here')).toThrow('no tour');
  });

  it('becomes a script with marks, and with values only in place of what it sets', () => {
    expect(scriptOf(stepsOf(page), { BASE: 'http://$&' })).toBe(
      `printf '\\n@@step 0\\n'\nBASE='http://$&'\nsay() { echo "$BASE $1"; }\nprintf '\\n@@step 1\\n'\nsay a.b\n`,
    );
    expect(() => scriptOf(stepsOf(page), { STATE: '/tmp' })).toThrow('sets STATE 0 times');
  });

  it('is told apart step by step in what it printed', () => {
    expect(outputsOf('\n@@step 0\n\n@@step 1\na\nb\n')).toEqual(['', 'a\nb']);
  });
});

describe('what a step prints', () => {
  it('is compared as a whole, with … for anything on a line', () => {
    expect('http://x a.b').toMatch(printed('http://… a.b\n'));
    expect('http://x a-b').not.toMatch(printed('http://… a.b\n'));
    expect('http://x\n a.b').not.toMatch(printed('http://… a.b\n'));
    expect('http://x a.b, more').not.toMatch(printed('http://… a.b\n'));
    expect('[ 409, (a|b)* ]').toMatch(printed('[ 409, (a|b)* ]'));
  });
});
