import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LeaderAppointments } from '../identity/index.js';
import { EnrolmentService } from './enrolment.service.js';

/** Whoever becomes a leader is enrolled in what all leaders take. */
@Injectable()
export class LeaderEnrolments implements OnModuleInit {
  constructor(
    private readonly appointments: LeaderAppointments,
    private readonly enrolments: EnrolmentService,
  ) {}

  onModuleInit(): void {
    this.appointments.onAppointed((tx, personId) => this.enrolments.enrolInCurrent(tx, personId, 'leader'));
  }
}
