import { Body, Controller, HttpCode, Inject, Post, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { ANSWER } from '../tokens';
import { readCsv } from './csv-file';
import { countExport, type ExportFile, writeExport } from './exports';
import {
  type ExportBody,
  type ExportCount,
  exportCountAnswer,
  type ExportCountBody,
  exportCountSchema,
  exportSchema,
} from './exports.schema';

/** What auditors and the system administrator take out of the product, counted first and for a purpose. */
@ApiTags('admin')
@Controller('api/admin/exports')
export class ExportsController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Post('counts')
  @HttpCode(200)
  @Answers(200, exportCountAnswer, { codes: ['FORBIDDEN', 'NOT_FOUND'] })
  count(@Asked() ask: Ask, @Body({ schema: exportCountSchema }) body: ExportCountBody): Promise<ExportCount> {
    return this.answer(ask, countExport(body));
  }

  @Post()
  @HttpCode(200)
  @ApiProduces('text/csv')
  @Answers(200, null, {
    description: 'the rows as CSV (UTF-8 with BOM), to be saved',
    codes: ['FORBIDDEN', 'NOT_FOUND', 'EXPORT_CHANGED', 'EXPORT_TOO_LARGE', 'AUDIT_UNAVAILABLE'],
  })
  async take(@Asked() ask: Ask, @Body({ schema: exportSchema }) body: ExportBody): Promise<StreamableFile> {
    return fileOf(ask, await this.answer(ask, writeExport(body)));
  }
}

const fileOf = ({ response }: Ask, file: ExportFile): StreamableFile => {
  response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`);
  return new StreamableFile(readCsv(file), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${file.name}"`,
    length: file.bytes,
  });
};
