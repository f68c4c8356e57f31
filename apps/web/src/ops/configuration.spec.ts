import { matching, settingsOf } from './configuration';

const settings = settingsOf({
  port: 3000,
  database: { url: 'postgresql://app:***@db:5432/c?…', poolSize: 10 },
  model: { apiKey: '(set)', name: null, hosts: ['a', 'b'], extra: {} },
});

describe('the configuration as a table', () => {
  it('has a row for each setting, by name', () => {
    expect(settings).toEqual([
      { name: 'database.poolSize', value: '10', hidden: false },
      { name: 'database.url', value: 'postgresql://app:***@db:5432/c?…', hidden: true },
      { name: 'model.apiKey', value: '(set)', hidden: true },
      { name: 'model.extra', value: '—', hidden: false },
      { name: 'model.hosts', value: 'a, b', hidden: false },
      { name: 'model.name', value: '—', hidden: false },
      { name: 'port', value: '3000', hidden: false },
    ]);
  });

  it('is found by words of name and value, in any order', () => {
    expect(matching(settings, '5432 DATABASE').map(({ name }) => name)).toEqual(['database.url']);
    expect(matching(settings, ' ')).toEqual(settings);
    expect(matching(settings, 'nothing-like-it')).toEqual([]);
  });
});
