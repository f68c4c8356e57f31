import { Body, Controller, Get, Header, HttpCode, Inject, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type TriageInput, triageInputSchema } from '#libs/processes/triage/triage.assessment';
import { type PrecautionOverride, precautionOverrideSchema } from '#libs/processes/triage/triage.screening';
import { downtimePolicy } from '#libs/triage-desk/downtime-page';
import { type ApiConfig } from '../api-config';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce, Versioned, versionOf } from '../http/ask';
import { type Cursors } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CONFIG, CURSORS } from '../tokens';
import { addAssessment } from './add-assessment';
import { type AssessmentAnswer } from './assess';
import { showCase } from './case-view';
import { type CaseView, caseViewSchema } from './case-view.schema';
import { evaluateUnsent } from './evaluate';
import { type EvaluationAnswer, evaluationAnswerSchema } from './evaluate.schema';
import { printDowntimeList } from './print-list';
import { identifyPatient, type PatientAnswer } from './identify';
import { type MoveAnswer, moveCase } from './move';
import { overridePrecaution, type PrecautionAnswer } from './precaution';
import { type QueueAnswer, showQueue } from './queue';
import { register, type RegistrationAnswer, resusRegistration } from './register';
import { vocabulary } from '#libs/triage-desk/vocabulary';
import { searchCases } from './search';
import { type SearchAnswer, searchAnswerSchema, type SearchBody, searchSchema } from './search.schema';
import {
  assessmentAnswerSchema,
  moveAnswerSchema,
  patientAnswerSchema,
  precautionAnswerSchema,
  queueAnswerSchema,
  registrationAnswerSchema,
} from './triage.answers';
import { type VocabularyAnswer, vocabularySchema } from './vocabulary.schema';
import {
  type AssessmentBody,
  assessmentBodySchema,
  type DowntimeQuery,
  downtimeQuerySchema,
  type MoveBody,
  moveSchema,
  type PatientPatch,
  patientPatchSchema,
  type QueueQuery,
  queueQuerySchema,
  type RegistrationBody,
  registrationSchema,
  type ResusBody,
  resusSchema,
  type UndoBody,
  undoSchema,
} from './triage.schema';
import { undoMove } from './undo-move';

/** The triage desk: arrivals, assessments, the queue and what people do with it. */
@ApiTags('triage')
@Controller('api/triage')
export class TriageController {
  /** How contract time passes. */
  private readonly pace: { readonly timeScale: number };

  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
    @Inject(CONFIG) { timeScale }: ApiConfig,
  ) {
    this.pace = { timeScale };
  }

  @Post('cases')
  @Answers(201, registrationAnswerSchema, { codes: ['NOT_FOUND', 'CONFLICT', 'TRANSITION_NOT_ALLOWED'] })
  register(
    @AskedOnce() ask: Ask,
    @Body({ schema: registrationSchema }) body: RegistrationBody,
  ): Promise<RegistrationAnswer> {
    return this.answer(ask, (tx) => register(tx, body, this.pace));
  }

  @Post('resus')
  @Answers(201, registrationAnswerSchema, { codes: ['NOT_FOUND', 'CONFLICT'] })
  resus(@AskedOnce() ask: Ask, @Body({ schema: resusSchema }) body: ResusBody): Promise<RegistrationAnswer> {
    return this.answer(ask, (tx) => register(tx, resusRegistration(body), this.pace));
  }

  @Get('queue')
  @Answers(200, queueAnswerSchema, { codes: ['NOT_FOUND'] })
  queue(@Asked() ask: Ask, @Query({ schema: queueQuerySchema }) query: QueueQuery): Promise<QueueAnswer> {
    return this.answer(ask, (tx) => showQueue(tx, { query, cursors: this.cursors, ...this.pace }));
  }

  @Post('search')
  @HttpCode(200)
  @Answers(200, searchAnswerSchema, { codes: ['NOT_FOUND'] })
  search(@Asked() ask: Ask, @Body({ schema: searchSchema }) body: SearchBody): Promise<SearchAnswer> {
    return this.answer(ask, (tx) => searchCases(tx, body));
  }

  @Get('vocabulary')
  @Answers(200, vocabularySchema)
  vocabulary(): VocabularyAnswer {
    return vocabulary();
  }

  @Get('downtime-list')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', `${downtimePolicy}; frame-ancestors 'none'`)
  @Answers(200, null, { description: 'the queue of a ward as a page to print (text/html)', codes: ['NOT_FOUND'] })
  downtimeList(@Asked() ask: Ask, @Query({ schema: downtimeQuerySchema }) { wardId }: DowntimeQuery): Promise<string> {
    return this.answer(ask, (tx) => printDowntimeList(tx, { wardId, ...this.pace }));
  }

  @Get('cases/:id')
  @Answers(200, caseViewSchema, { codes: ['NOT_FOUND'] })
  one(@Asked() ask: Ask, @Id() caseId: string): Promise<CaseView> {
    return this.answer(ask, (tx) => showCase(tx, { caseId, ...this.pace }));
  }

  @Post('evaluations')
  @HttpCode(200)
  @Answers(200, evaluationAnswerSchema)
  evaluate(@Asked() ask: Ask, @Body({ schema: triageInputSchema }) input: TriageInput): Promise<EvaluationAnswer> {
    return this.answer(ask, (tx) => evaluateUnsent(tx, input));
  }

  @Post('cases/:id/assessments')
  @Answers(201, assessmentAnswerSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED'] })
  assess(
    @AskedOnce() ask: Ask,
    @Id() caseId: string,
    @Body({ schema: assessmentBodySchema }) body: AssessmentBody,
  ): Promise<AssessmentAnswer> {
    return this.answer(ask, (tx) => addAssessment(tx, { caseId, body, ...this.pace }));
  }

  @Post('cases/:id/precautions')
  @Answers(201, precautionAnswerSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED'] })
  precaution(
    @AskedOnce() ask: Ask,
    @Id() caseId: string,
    @Body({ schema: precautionOverrideSchema }) body: PrecautionOverride,
  ): Promise<PrecautionAnswer> {
    return this.answer(ask, (tx) => overridePrecaution(tx, { caseId, body }));
  }

  @Post('cases/:id/moves')
  @Versioned()
  @HttpCode(200)
  @Answers(200, moveAnswerSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED', 'VERSION_MISMATCH'] })
  async move(
    @AskedOnce() ask: Ask,
    @Id() caseId: string,
    @Body({ schema: moveSchema }) body: MoveBody,
  ): Promise<MoveAnswer> {
    return this.answer(ask, (tx) => moveCase(tx, { caseId, version: versionOf(ask), body }));
  }

  @Post('cases/:id/moves/undo')
  @Versioned()
  @HttpCode(200)
  @Answers(200, moveAnswerSchema, {
    codes: ['NOT_FOUND', 'UNDO_EXPIRED', 'TRANSITION_NOT_ALLOWED', 'VERSION_MISMATCH'],
  })
  async undo(
    @AskedOnce() ask: Ask,
    @Id() caseId: string,
    @Body({ schema: undoSchema }) { reason }: UndoBody,
  ): Promise<MoveAnswer> {
    const order = { caseId, version: versionOf(ask), reason: reason ?? null, ...this.pace };
    return this.answer(ask, (tx) => undoMove(tx, order));
  }

  @Patch('cases/:id/patient')
  @Versioned()
  @Answers(200, patientAnswerSchema, { codes: ['NOT_FOUND', 'CONFLICT', 'VERSION_MISMATCH'] })
  async identify(
    @AskedOnce() ask: Ask,
    @Id() caseId: string,
    @Body({ schema: patientPatchSchema }) patch: PatientPatch,
  ): Promise<PatientAnswer> {
    return this.answer(ask, (tx) => identifyPatient(tx, { caseId, version: versionOf(ask), patch, ...this.pace }));
  }
}
