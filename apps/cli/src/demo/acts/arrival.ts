import { done } from '#libs/api-client/door';
import { wardCodes } from '../../seed/hospital';
import { admissionMessage } from '../../seed/waiting-room/arrivals';
import { type RoomPatient } from '../../seed/waiting-room/patient';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';

const patient: RoomPatient = {
  sex: 'male',
  years: 61,
  minutes: 2,
  complaint: '',
  vitals: {},
  story: { kind: 'unassessed', by: 'feed' },
};

/** A patient arrives by the hospital's ADT feed; answers the case, or null when none came of it. */
export const arrival = async (stage: Stage, narrator: Narrator): Promise<string | null> => {
  narrator.chapter({ zh: '患者到达', en: 'A patient arrives' });
  const name = '钱建国（演示）';
  stage.canaries.push(name);
  const arriving = { wardId: stage.wardId, wardCode: wardCodes.desk, name, number: 9001, now: new Date() };
  const { text } = await stage.feed.hl7(admissionMessage(patient, arriving));
  narrator.holds(/\rMSA\|AA\|/.test(text), {
    zh: '医院信息系统以服务账号发来 HL7 ADT^A04，应答 AA',
    en: 'the hospital system sends an HL7 ADT^A04 with its service account and is answered AA',
  });
  const { rows } = done(await stage.players.nurse.door.ask('get', '/api/triage/queue'));
  const row = rows.find((one) => one.patient.name === name);
  narrator.holds(row?.state === 'awaiting-assessment', {
    zh: `${name} 出现在分诊台：${row?.ticketNo ?? '?'} 号，等待评估`,
    en: `he appears at the triage desk: ticket ${row?.ticketNo ?? '?'}, awaiting assessment`,
  });
  return row?.caseId ?? null;
};
