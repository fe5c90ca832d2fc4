import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { AttendanceQueries } from '../attendance/attendance.queries.js';
import { AttendanceService } from '../attendance/attendance.service.js';
import { BookingQueries } from './booking.queries.js';
import { BookingService } from './booking.service.js';
import { OnboardingDayQueries } from '../onboarding-days.queries.js';
import {
  attendanceListed,
  bookingListed,
  bookingQuery,
  bookingView,
  newBooking,
  newMarks,
  type NewMark,
} from '../onboarding-days.schemas.js';

const attendanceList = z.object({ items: z.array(attendanceListed) });

/** Seats on onboarding days, and who took part. */
@ApiTags('onboarding days')
@Controller('api/v1/onboarding-days/:id')
export class BookingsController {
  constructor(
    private readonly bookings: BookingService,
    private readonly attendance: AttendanceService,
    private readonly days: OnboardingDayQueries,
    private readonly queries: BookingQueries,
    private readonly attendances: AttendanceQueries,
  ) {}

  /** Books an agent: a seat, or a place in line when the day is full. For one booked elsewhere it is a move. */
  @Post('bookings')
  @Roles('secretariat', 'leader', 'agent')
  @ApiCreatedResponse({ standardSchema: bookingView })
  book(
    @Param('id', { schema: id }) dayId: number,
    @Body({ schema: newBooking }) { agentId }: z.output<typeof newBooking>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.bookings.book(dayId, agentId, principal, call);
  }

  /** Those who hold a seat, then those in line, each in order. */
  @Get('bookings')
  @Roles('secretariat', 'leader', 'agent')
  @Scoped('onboarding-days:read')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(bookingListed), nextCursor: z.string().nullable() }),
  })
  async list(
    @Param('id', { schema: id }) dayId: number,
    @Query({ schema: bookingQuery }) filter: z.output<typeof bookingQuery>,
    @Current() principal: Principal,
  ) {
    await this.refuseUnknown(dayId);
    return this.queries.ofDay(dayId, scopeOf(principal), filter);
  }

  /** Takes an agent off the day or its waiting list; the first in line gets the seat at once. */
  @Delete('bookings/:booking')
  @HttpCode(204)
  @Roles('secretariat', 'leader', 'agent')
  @ApiNoContentResponse()
  cancel(
    @Param('id', { schema: id }) dayId: number,
    @Param('booking', { schema: id }) bookingId: number,
    @Current() principal: Principal,
  ): Promise<void> {
    return this.bookings.cancel(dayId, bookingId, principal);
  }

  /** Notes who took part; sending the same marks again changes nothing. */
  @Put('attendances')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: attendanceList })
  async mark(
    @Param('id', { schema: id }) dayId: number,
    @Body({ schema: newMarks }) marks: NewMark[],
    @Current() principal: Principal,
  ) {
    const source = principal.via === 'cookie' ? 'roll_call' : 'api';
    await this.attendance.mark(dayId, marks, { personId: principal.personId, source });
    return { items: await this.attendances.list(dayId) };
  }

  /** Everyone who is expected or was there, by name, with the mark, if any. */
  @Get('attendance-list')
  @Roles('secretariat')
  @Scoped('onboarding-days:read')
  @ApiOkResponse({ standardSchema: attendanceList })
  async attendanceList(@Param('id', { schema: id }) dayId: number) {
    await this.refuseUnknown(dayId);
    return { items: await this.attendances.list(dayId) };
  }

  private async refuseUnknown(dayId: number): Promise<void> {
    if (!(await this.days.find(dayId))) throw new DomainError('not_found', 'not_found');
  }
}
