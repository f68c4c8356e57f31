import { AdmissionRequestEntity } from './admission-request.entity';
import { AmendmentEntity } from './amendment.entity';
import { AppUserEntity } from './app-user.entity';
import { AuditEntity } from './audit.entity';
import { CaseMoveEntity } from './case-move.entity';
import { CaseEntity } from './case.entity';
import { ChangeFeedEntity } from './change-feed.entity';
import { DecisionEntity } from './decision.entity';
import { DraftEntity } from './draft.entity';
import { EncryptionKeyEntity } from './encryption-key.entity';
import { FactEntity } from './fact.entity';
import { InboundMessageEntity } from './inbound-message.entity';
import { JudgementEntity } from './judgement.entity';
import { KioskEntity } from './kiosk.entity';
import { ManualSwitchEntity } from './manual-switch.entity';
import { NoticeEntity } from './notice.entity';
import { OrganisationEntity } from './organisation.entity';
import { OutboxEntity } from './outbox.entity';
import { PatientEntity } from './patient.entity';
import { PatientIdentifierEntity } from './patient-identifier.entity';
import { PersonPreferencesEntity } from './person-preferences.entity';
import { PreNoticeEntity } from './pre-notice.entity';
import { ReviewEntity } from './review.entity';
import { ReviewEventEntity } from './review-event.entity';
import { ReviewStaleFactEntity } from './review-stale-fact.entity';
import { ReviewViewEntity } from './review-view.entity';
import { RoleGrantEntity } from './role-grant.entity';
import { RulePackApprovalEntity } from './rule-pack-approval.entity';
import { RulePackSetEntity } from './rule-pack-set.entity';
import { SavedFilterEntity } from './saved-filter.entity';
import { ServiceAccountEntity } from './service-account.entity';
import { SessionEntity } from './session.entity';
import { SettingEntity } from './setting.entity';
import { ShiftHandoverItemEntity } from './shift-handover-item.entity';
import { ShiftHandoverEntity } from './shift-handover.entity';
import { SignatureEntity } from './signature.entity';
import { StoredReplyEntity } from './stored-reply.entity';
import { TaskEntity } from './task.entity';
import { TicketCounterEntity } from './ticket-counter.entity';
import { TriageCaseEntity } from './triage-case.entity';
import { VisitEntity } from './visit.entity';
import { WardEntity } from './ward.entity';
import { WorkerHeartbeatEntity } from './worker-heartbeat.entity';

/** Every table of the ledger, for the data source. */
export const allEntities = [
  AdmissionRequestEntity,
  AmendmentEntity,
  AppUserEntity,
  AuditEntity,
  CaseMoveEntity,
  CaseEntity,
  ChangeFeedEntity,
  DecisionEntity,
  DraftEntity,
  EncryptionKeyEntity,
  FactEntity,
  InboundMessageEntity,
  JudgementEntity,
  KioskEntity,
  ManualSwitchEntity,
  NoticeEntity,
  OrganisationEntity,
  OutboxEntity,
  PatientEntity,
  PatientIdentifierEntity,
  PersonPreferencesEntity,
  PreNoticeEntity,
  ReviewEntity,
  ReviewEventEntity,
  ReviewStaleFactEntity,
  ReviewViewEntity,
  RoleGrantEntity,
  RulePackApprovalEntity,
  RulePackSetEntity,
  SavedFilterEntity,
  ServiceAccountEntity,
  SessionEntity,
  SettingEntity,
  ShiftHandoverItemEntity,
  ShiftHandoverEntity,
  SignatureEntity,
  StoredReplyEntity,
  TaskEntity,
  TicketCounterEntity,
  TriageCaseEntity,
  VisitEntity,
  WardEntity,
  WorkerHeartbeatEntity,
];
