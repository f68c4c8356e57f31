import { openMachineDoor, signIn, type ApiDoor } from '#libs/api-client/door';
import { type DemoLogin } from '../../start/banner';
import { type DemoServiceAccount } from '../demo-files';
import { wardOf } from '../desk';
import { createDice } from '../dice';
import { wardCodes } from '../hospital';
import { createNames } from '../names';
import { arrive, type Intake } from './arrivals';
import { roomPatients } from './patients';
import { type AtTheDesk, type RoomStaff, tellStory } from './stories';

/** What filling the room needs: the API's address, and the secrets of the demo hospital. */
export interface RoomKeys {
  readonly url: string;
  readonly logins: readonly DemoLogin[];
  readonly feed: DemoServiceAccount;
}

const lanes = 4;

/** Fills the waiting room of the demo hospital through the doors that people use; answers how many patients came. */
export const fillWaitingRoom = async (keys: RoomKeys): Promise<number> => {
  const doorOf = signInOf(keys);
  const [nurse, colleague, physician] = await Promise.all(['nurse1', 'nurse2', 'doctor1'].map(doorOf));
  if (!nurse || !colleague || !physician) throw new Error('the demo hospital lacks its nurses or physicians');
  const staff = { nurse, colleague, physician };
  const feed = openMachineDoor(keys.url, keys.feed.token);
  try {
    await tellAll(staff, await letIn({ nurse, feed }));
  } finally {
    await Promise.all([nurse, colleague, physician, feed].map((door) => door.close()));
  }
  return roomPatients.length;
};

const signInOf =
  ({ url, logins }: RoomKeys) =>
  (username: string): Promise<ApiDoor> => {
    const login = logins.find((one) => one.username === username);
    return signIn(url, { login: username, password: login?.password ?? '' });
  };

/* One after the other, so that ticket numbers follow the arrivals. */
const letIn = async (intake: Intake): Promise<(AtTheDesk | null)[]> => {
  const wardId = await wardOf(intake.nurse, wardCodes.desk);
  const nameOf = createNames(createDice(20261124));
  const now = new Date();
  const came: (AtTheDesk | null)[] = [];
  for (const [at, patient] of roomPatients.entries()) {
    const arriving = { wardId, wardCode: wardCodes.desk, name: nameOf(patient.sex), number: 1001 + at, now };
    came.push(await arrive(intake, patient, arriving));
  }
  return came;
};

const tellAll = async (staff: RoomStaff, came: readonly (AtTheDesk | null)[]): Promise<void> => {
  const queue = roomPatients.entries();
  const lane = async (): Promise<void> => {
    for (const [at, patient] of queue) {
      const where = came[at];
      if (where) await tellStory(staff, where, patient.story);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};
