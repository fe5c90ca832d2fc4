import { SecretBox } from '../../../common/crypto.js';

const PURPOSE = 'survey-groups';
/** So that the length does not tell one from another. */
const LENGTH = 160;

/** What is counted beside an answer, as it stood when the wave opened. */
export interface TokenGroups {
  municipalityGroup: string;
  tenureGroup: string;
  stamps: string | null;
  language: string;
}

/** Encrypts them under the link itself, which only its receiver has. */
export function sealGroups(token: string, groups: TokenGroups): string {
  return new SecretBox(token, PURPOSE).seal(JSON.stringify(groups).padEnd(LENGTH));
}

/** Opens them with the link. */
export function openGroups(token: string, sealed: string): TokenGroups {
  return JSON.parse(new SecretBox(token, PURPOSE).open(sealed)) as TokenGroups;
}
