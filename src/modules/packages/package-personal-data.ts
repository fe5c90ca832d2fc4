import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PersonalData } from '../privacy/index.js';

/** Packages name who uploaded them; what is in them is the same for everyone. */
@Injectable()
export class PackagePersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register({
      table: 'content_package',
      select: 'SELECT fileName, createdAt FROM content_package WHERE uploadedByPersonId = ?',
    });
  }
}
