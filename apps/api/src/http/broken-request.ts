import { type Server } from 'node:http';
import { type Duplex } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { securityHeaderList } from './headers';
import { problemOf } from './problem';

const answerTo = (code: string | undefined, of: { readonly secure: boolean }): string => {
  const requestId = uuidv7();
  const body = JSON.stringify(problemOf('VALIDATION_FAILED', {}, { requestId, language: 'zh' }));
  const line = code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const headers = [
    ...securityHeaderList(of).map(([name, value]) => `${name}: ${value}`),
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'Connection: close',
  ];
  return [`HTTP/1.1 ${line}`, ...headers, '', body].join('\r\n');
};

/** Answers what is not even HTTP like every other error; Node alone would answer it without any header. */
export const answerBrokenRequests = (server: Server): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(answerTo(error.code, { secure: 'encrypted' in socket }));
  });
};
