import { type CapabilityProfile, nextMode } from './profile';
import { type WireFailure } from './wire-failure';

const plainerMode = (profile: CapabilityProfile): CapabilityProfile | null => {
  const structuredMode = nextMode(profile.structuredMode);
  return structuredMode === null ? null : { ...profile, structuredMode, structuredModeProven: false };
};

/**
 * The plainer profile to try when an endpoint answered 400 because of a parameter of ours; null where the refusal is
 * about the request itself. A 400 without a reason counts only while the mode has never worked. Each step gives
 * something up, so there are at most five.
 */
export const downgrade = (profile: CapabilityProfile, failure: WireFailure): CapabilityProfile | null => {
  switch (failure.refuses) {
    case null:
      return null;
    case 'stream_options':
      return profile.streamUsage ? { ...profile, streamUsage: false } : null;
    case 'thinking':
      return profile.thinkingSwitch === null ? null : { ...profile, thinkingSwitch: null };
    case 'response_format':
      return plainerMode(profile);
    case 'unknown':
      return profile.structuredModeProven ? null : plainerMode(profile);
  }
};
