import { Body, Controller, Get, Post } from '@nestjs/common';
import { RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { formKey } from '../../../web/forms/form.js';
import { Page } from '../../../web/render/page.decorator.js';
import { SeeOther } from '../../../web/render/page-reply.js';
import { CalendarFeedService } from './calendar-feed.service.js';
import { CalendarLinkModel } from './calendar-link.model.js';

/** An agent's calendar link: their own onboarding days in their own calendar. */
@Controller('mit/kalender')
@RolesOrLink('agent')
export class AgentCalendarPages {
  constructor(
    private readonly feeds: CalendarFeedService,
    private readonly model: CalendarLinkModel,
  ) {}

  @Get()
  @Page('onboarding-days/calendar-link')
  show(@Current() principal: Principal) {
    return this.model.of(principal, 'agent');
  }

  /** The answer itself shows the link, so that its token stands in no address of a page. */
  @Post()
  @Page('onboarding-days/calendar-link')
  async make(@Body() body: unknown, @Current() principal: Principal) {
    const token = await this.feeds.make(principal.personId, 'agent', formKey(body));
    return this.model.of(principal, 'agent', token);
  }

  @Post('slaa-fra')
  @Page('onboarding-days/calendar-link')
  async end(@Current() principal: Principal) {
    await this.feeds.end(principal.personId, 'agent');
    return new SeeOther('/mit/kalender?done=calendar_link_ended');
  }
}
