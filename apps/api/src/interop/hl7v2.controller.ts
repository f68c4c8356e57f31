import { Controller, HttpCode, Inject, Post, Req, StreamableFile } from '@nestjs/common';
import { ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request } from 'express';
import { CountersignError } from '#libs/errors/errors';
import { type Ack } from '#libs/interop/hl7v2/ack';
import { type Charset, charsetNamed } from '#libs/interop/hl7v2/charset';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { INTAKE } from '../tokens';
import { type IntakeParts, takeIn } from './intake';
import { type Delivered } from './receive';

const mediaType = 'application/hl7-v2';

/** HL7 v2 messages of other systems: the message comes in, its acknowledgement goes out. */
@ApiTags('interop')
@Controller('api/interop')
export class Hl7v2Controller {
  constructor(@Inject(INTAKE) private readonly intake: IntakeParts) {}

  @Post('hl7v2')
  @HttpCode(200)
  @ApiConsumes('text/plain', mediaType, 'x-application/hl7-v2+er7')
  @ApiProduces(mediaType)
  @Answers(200, null, {
    description: 'the acknowledgement; MSA-1 AA, AE or AR',
    codes: ['UNSUPPORTED_MEDIA_TYPE', 'PAYLOAD_TOO_LARGE', 'DATABASE_UNAVAILABLE', 'AUDIT_UNAVAILABLE'],
  })
  async take(@Asked() ask: Ask, @Req() request: Request): Promise<StreamableFile> {
    const { ack } = await takeIn(this.intake, ask.principal, deliveredBy(request));
    return fileOf(ack);
  }
}

const deliveredBy = (request: Request): Delivered => ({
  bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  defaultCharset: charsetOf(request.get('content-type') ?? ''),
});

/** What messages that name no character set are in: the charset parameter, else UTF-8. */
const charsetOf = (contentType: string): Charset => {
  const name = /;\s*charset="?([^";\s]+)/i.exec(contentType)?.[1];
  const charset = name === undefined ? 'utf-8' : charsetNamed(name);
  if (charset === undefined) throw new CountersignError('UNSUPPORTED_MEDIA_TYPE', { expected: ['utf-8', 'gb18030'] });
  return charset;
};

const fileOf = ({ bytes }: Ack): StreamableFile => new StreamableFile(bytes, { type: mediaType, length: bytes.length });
