import { constants } from 'node:zlib';
import compression from 'compression';

/**
 * Long JSON goes out compressed: a queue of 500 is 780 kB, which a tablet on a weak radio feels. Not the event stream,
 * which must not wait in a buffer, and nothing short. That an answer's length gives away what it holds (BREACH) takes
 * requests made in the person's name from elsewhere; the session cookie goes with none of those (SameSite=Strict).
 */
export const compressLongJson = compression({
  threshold: 16_384,
  level: constants.Z_BEST_SPEED,
  filter: (_request, response) => /^application\/(problem\+)?json\b/.test(String(response.getHeader('content-type'))),
});
