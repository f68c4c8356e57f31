/** Raw text of fields by their place, such as `{ 'PID-5': '欧阳^娜' }`; MSH is counted as HL7 counts it. */
export type ExampleFields = Readonly<Record<string, string>>;

const template: Readonly<Record<string, string>> = {
  'MSH-3': 'HIS',
  'MSH-4': '示范医院',
  'MSH-5': 'COUNTERSIGN',
  'MSH-6': '急诊科',
  'MSH-7': '20261123080105+0800',
  'MSH-10': 'EX-000001',
  'MSH-11': 'P',
  'MSH-12': '2.5.1',
  'MSH-18': 'UNICODE UTF-8',
  'EVN-2': '20261123080100',
  'EVN-6': '20261123075930',
  'PID-1': '1',
  'PID-3': 'P000001^^^HIS^MR~110101199003070000^^^CN^NNCHN',
  'PID-5': '张^三^^^^^L^I~ZHANG^SAN^^^^^L^A',
  'PID-7': '19900307',
  'PID-8': 'M',
  'PID-11': '示范路1号^^北京^北京^100000^CHN^H',
  'PID-13': '010-55550100^PRN^PH~13900000000^PRN^CP',
  'PV1-1': '1',
  'PV1-2': 'E',
  'PV1-3': 'ED^抢救室^01^示范医院',
  'PV1-4': 'E',
  'PV1-7': 'D001^李^四',
  'PV1-19': 'V000001^^^HIS^VN',
  'PV1-44': '20261123075930',
};

interface Place {
  readonly segment: string;
  readonly field: number;
  readonly raw: string;
}

const placesOf = (fields: ExampleFields): Place[] =>
  Object.entries(fields).map(([path, raw]) => {
    const [segment = '', field = ''] = path.split('-');
    return { segment, field: Number(field), raw };
  });

const lineOf = (segment: string, places: readonly Place[]): string => {
  const fields: string[] = [segment];
  // The separator after MSH is MSH-1 itself, so that MSH-2 is the first field behind the name.
  const shift = segment === 'MSH' ? 1 : 0;
  for (const place of places) fields[place.field - shift] = place.raw;
  return Array.from(fields, (field) => field ?? '').join('|');
};

const placesIn = (segment: string, places: readonly Place[]): Place[] =>
  places.filter((place) => place.segment === segment);

/**
 * A synthetic ADT message (segments end with CR) for tests and demonstrations: a made-up patient in a made-up
 * hospital. `fields` replaces or adds fields, a field set to '' is empty, and a segment appears once one of its
 * fields does.
 */
export const exampleAdt = (event: string, fields: ExampleFields = {}): string => {
  const places = placesOf({
    'MSH-2': '^~\\&',
    'MSH-9': `ADT^${event}`,
    'EVN-1': event,
    ...template,
    ...fields,
  });
  const names = new Set(places.map((place) => place.segment));
  return Array.from(names, (name) => `${lineOf(name, placesIn(name, places))}\r`).join('');
};
