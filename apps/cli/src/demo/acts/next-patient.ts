import { register, type Registered } from '../../seed/desk';
import { type Stage } from '../stage';

/** A further patient of the demonstration: made up, and so that the rules put them at level II. */
export interface NextPatient {
  readonly name: string;
  readonly complaint: string;
}

/** Registers a patient with a first assessment at the desk. */
export const registerNext = (stage: Stage, { name, complaint }: NextPatient): Promise<Registered> => {
  stage.canaries.push(name, complaint);
  return register(stage.players.nurse.door, {
    wardId: stage.wardId,
    arrivalMode: 'walk-in',
    patient: { name, sex: 'female', birthDate: '1958-04-12' },
    assessment: {
      complaint,
      vitals: {
        respiratoryRate: 20,
        spo2: 88,
        onOxygen: false,
        systolic: 132,
        diastolic: 80,
        pulse: 96,
        temperature: 37.1,
        consciousness: 'A',
      },
      measuredAt: new Date().toISOString(),
    },
  });
};
