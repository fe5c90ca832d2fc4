import { Controller, Get } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Page } from '../../web/render/page.decorator.js';

const SECTIONS = [
  'brugere',
  'kommuner',
  'vagtplan',
  'vagtklar',
  'mails',
  'forbindelser',
  'adgangsnoegler',
  'modtagere',
  'revisionsspor',
];

/** The way to everything that only the secretariat sets. */
@Controller('indstillinger')
@Roles('secretariat')
export class SettingsPages {
  @Get()
  @Page('identity/settings')
  show() {
    return { sections: SECTIONS };
  }
}
