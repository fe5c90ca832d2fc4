import { Body, Controller, Get, Post } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { formKey } from '../../../web/forms/form.js';
import { Page } from '../../../web/render/page.decorator.js';
import { SeeOther } from '../../../web/render/page-reply.js';
import { CalendarFeedService } from './calendar-feed.service.js';
import { CalendarLinkModel } from './calendar-link.model.js';

/** The secretariat's calendar link: all onboarding days in one's own calendar. */
@Controller('onboardingdage/kalender')
@Roles('secretariat')
export class SecretariatCalendarPages {
  constructor(
    private readonly feeds: CalendarFeedService,
    private readonly model: CalendarLinkModel,
  ) {}

  @Get()
  @Page('onboarding-days/calendar-link')
  show(@Current() principal: Principal) {
    return this.model.of(principal, 'secretariat');
  }

  /** The answer itself shows the link, so that its token stands in no address of a page. */
  @Post()
  @Page('onboarding-days/calendar-link')
  async make(@Body() body: unknown, @Current() principal: Principal) {
    const token = await this.feeds.make(principal.personId, 'secretariat', formKey(body));
    return this.model.of(principal, 'secretariat', token);
  }

  @Post('slaa-fra')
  @Page('onboarding-days/calendar-link')
  async end(@Current() principal: Principal) {
    await this.feeds.end(principal.personId, 'secretariat');
    return new SeeOther('/onboardingdage/kalender?done=calendar_link_ended');
  }
}
