import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api, signIn } from '../support/api.js';
import { addPerson, anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { personalLink } from '../support/captured.js';
import { routeTable } from '../support/route-table.js';
import { TestApp } from '../support/test-app.js';

type Caller = 'anonymous' | 'agent' | 'link' | 'leader' | 'foreign' | 'secretariat';

/** Who may call what, written down apart from the code. `link` is an agent who came by the link of a mail only. */
const PUBLIC = ['anonymous', 'agent', 'link', 'leader', 'foreign', 'secretariat'] as const;
const EVERYONE = ['agent', 'link', 'leader', 'foreign', 'secretariat'] as const;
const SIGNED_IN = ['agent', 'leader', 'foreign', 'secretariat'] as const;
const STAFF = ['leader', 'foreign', 'secretariat'] as const;
const SECRETARIAT = ['secretariat'] as const;
const LEADER = ['leader', 'foreign'] as const;
const AGENT = ['agent', 'link'] as const;
/** An agent who has signed in. */
const AGENT_SIGNED_IN = ['agent'] as const;
const LEARNER = ['agent', 'link', 'leader', 'foreign'] as const;

/** The routes that every kind of import has. */
function importRoutes(api: string, pages: string, who: readonly Caller[]): Record<string, readonly Caller[]> {
  const routes = [
    `POST ${api}`,
    `GET ${api}/:id`,
    `GET ${api}/:id/rows`,
    `GET ${api}/:id/faulty.csv`,
    `POST ${api}/:id/commits`,
    `GET ${pages}`,
    `POST ${pages}`,
    `GET ${pages}/:id`,
    `GET ${pages}/:id/fejl.csv`,
    `POST ${pages}/:id/gennemfoer`,
  ];
  return Object.fromEntries(routes.map((route) => [route, who]));
}

/** The routes that a kind of import has besides when it asks what the columns mean. */
function mappedImportRoutes(api: string, pages: string, who: readonly Caller[]) {
  const routes = [
    `PUT ${api}/:id/mapping`,
    `POST ${api}/:id/checks`,
    `GET ${pages}/:id/kolonner`,
    `POST ${pages}/:id/kolonner`,
    `POST ${pages}/:id/kontroller`,
  ];
  return { ...importRoutes(api, pages, who), ...Object.fromEntries(routes.map((route) => [route, who])) };
}

const MATRIX: Record<string, readonly Caller[] | 'signature'> = {
  'POST /api/v1/auth/login': PUBLIC,
  'POST /api/v1/auth/refresh': PUBLIC,
  'POST /api/v1/auth/logout': EVERYONE,
  'POST /api/v1/auth/password-resets': PUBLIC,
  'POST /api/v1/auth/links': PUBLIC,
  'GET /api/v1/me': EVERYONE,
  'POST /api/v1/users': SECRETARIAT,
  'GET /api/v1/users': SECRETARIAT,
  'GET /api/v1/municipalities': STAFF,
  'POST /api/v1/municipalities/:code/memberships': SECRETARIAT,
  'POST /api/v1/agents': STAFF,
  'GET /api/v1/agents': STAFF,
  'GET /api/v1/agents/:id': EVERYONE,
  'GET /api/v1/agents/:id/journey': EVERYONE,
  'POST /api/v1/agents/:id/welcome-mails': STAFF,
  'POST /api/v1/courses': SECRETARIAT,
  'GET /api/v1/courses': STAFF,
  'POST /api/v1/courses/:id/versions': SECRETARIAT,
  'GET /api/v1/courses/:id/progress': SECRETARIAT,
  'POST /api/v1/course-versions/:id/approvals': SECRETARIAT,
  'POST /api/v1/course-versions/:id/publications': SECRETARIAT,
  'GET /api/v1/enrolments': EVERYONE,
  'POST /api/v1/connections': SECRETARIAT,
  'GET /api/v1/connections': SECRETARIAT,
  'GET /api/v1/inbox-messages': SECRETARIAT,
  'POST /api/v1/webhooks/completions/:connection': 'signature',
  'POST /api/v1/onboarding-days': SECRETARIAT,
  'GET /api/v1/onboarding-days': SIGNED_IN,
  'GET /api/v1/onboarding-days.ics': PUBLIC,
  'GET /api/v1/agents/:id/calendar.ics': PUBLIC,
  'GET /mit/kalender': AGENT,
  'POST /mit/kalender': AGENT,
  'POST /mit/kalender/slaa-fra': AGENT,
  'GET /onboardingdage/kalender': SECRETARIAT,
  'POST /onboardingdage/kalender': SECRETARIAT,
  'POST /onboardingdage/kalender/slaa-fra': SECRETARIAT,
  'GET /onboardingdage/:id/runder/ny': SECRETARIAT,
  'POST /onboardingdage/:id/runder/ny': SECRETARIAT,
  'POST /onboardingdage/:id/runder': SECRETARIAT,
  'GET /onboardingdage/runder/:id': STAFF,
  'POST /onboardingdage/runder/:id': LEADER,
  'POST /onboardingdage/runder/:id/paamind': SECRETARIAT,
  'GET /mit/invitation/:invitee': AGENT,
  'POST /mit/invitation/:invitee': AGENT,
  ...importRoutes('/api/v1/attendance-imports', '/onboardingdage/fremmoede-import', SECRETARIAT),
  ...mappedImportRoutes('/api/v1/resolution-imports', '/kvalitet/import', SECRETARIAT),
  'GET /kvalitet/import/:id/navne': SECRETARIAT,
  'POST /kvalitet/import/:id/navne': SECRETARIAT,
  'GET /api/v1/resolution-figures': SIGNED_IN,
  'POST /api/v1/resolution-figures': SECRETARIAT,
  'GET /api/v1/onboarding-days/:id': SIGNED_IN,
  'PATCH /api/v1/onboarding-days/:id': SECRETARIAT,
  'POST /api/v1/onboarding-days/:id/cancellations': SECRETARIAT,
  'POST /api/v1/onboarding-days/:id/bookings': SIGNED_IN,
  'GET /api/v1/onboarding-days/:id/bookings': SIGNED_IN,
  'DELETE /api/v1/onboarding-days/:id/bookings/:booking': SIGNED_IN,
  'PUT /api/v1/onboarding-days/:id/attendances': SECRETARIAT,
  'GET /api/v1/onboarding-days/:id/attendance-list': SECRETARIAT,
  'GET /onboardingdage': STAFF,
  'GET /onboardingdage/ny': SECRETARIAT,
  'POST /onboardingdage/ny': SECRETARIAT,
  'GET /onboardingdage/aar': SECRETARIAT,
  'POST /onboardingdage/aar': SECRETARIAT,
  'GET /onboardingdage/agent/:agentId': STAFF,
  'GET /onboardingdage/:id': STAFF,
  'POST /onboardingdage/:id/tilmeld': STAFF,
  'POST /onboardingdage/:id/tilmeldinger/:booking/afmeld': STAFF,
  'GET /onboardingdage/:id/ret': SECRETARIAT,
  'POST /onboardingdage/:id/ret': SECRETARIAT,
  'GET /onboardingdage/:id/aflys': SECRETARIAT,
  'POST /onboardingdage/:id/aflys': SECRETARIAT,
  'GET /mit/onboardingdag': AGENT,
  'POST /mit/onboardingdag/flyt': AGENT,
  'POST /mit/onboardingdag/tilmeldinger/:booking/afmeld': AGENT,
  'GET /api/v1/onboarding-days/statistics': SECRETARIAT,
  'GET /onboardingdage/statistik': SECRETARIAT,
  'GET /api/v1/shifts': SIGNED_IN,
  'POST /api/v1/shifts': STAFF,
  'PATCH /api/v1/shifts/:id': STAFF,
  'DELETE /api/v1/shifts/:id': STAFF,
  'POST /api/v1/shift-imports': SECRETARIAT,
  'GET /api/v1/shift-imports/:id': SECRETARIAT,
  'GET /api/v1/shift-imports/:id/rows': SECRETARIAT,
  'GET /api/v1/shift-imports/:id/changes': SECRETARIAT,
  'PUT /api/v1/shift-imports/:id/mapping': SECRETARIAT,
  'POST /api/v1/shift-imports/:id/commits': SECRETARIAT,
  'GET /vagter': STAFF,
  'GET /vagter/ny': STAFF,
  'POST /vagter/ny': STAFF,
  'GET /vagter/:id/ret': STAFF,
  'POST /vagter/:id/ret': STAFF,
  'POST /vagter/:id/aflys': STAFF,
  'GET /vagter/import': SECRETARIAT,
  'POST /vagter/import': SECRETARIAT,
  'GET /vagter/import/:id': SECRETARIAT,
  'POST /vagter/import/:id/kolonner': SECRETARIAT,
  'POST /vagter/import/:id/sammenlign': SECRETARIAT,
  'POST /vagter/import/:id/gennemfoer': SECRETARIAT,
  'GET /indstillinger/vagtplan': SECRETARIAT,
  'POST /indstillinger/vagtplan': SECRETARIAT,
  'POST /indstillinger/vagtplan/hent': SECRETARIAT,
  'POST /indstillinger/vagtplan/stop': SECRETARIAT,
  'GET /api/v1/insights': STAFF,
  'GET /api/v1/insights/:key': STAFF,
  'GET /api/v1/insights/:key/chart.svg': STAFF,
  'GET /api/v1/insights/:key/data.csv': STAFF,
  'GET /indsigter': STAFF,
  'GET /indsigter/:key': STAFF,
  'GET /indsigter/:key/chart.svg': STAFF,
  'POST /api/v1/surveys': SECRETARIAT,
  'GET /api/v1/surveys': STAFF,
  'GET /api/v1/surveys/comparison': STAFF,
  'GET /api/v1/surveys/:id': STAFF,
  'PATCH /api/v1/surveys/:id': SECRETARIAT,
  'POST /api/v1/surveys/:id/invitations': SECRETARIAT,
  'POST /api/v1/surveys/:id/closings': SECRETARIAT,
  'POST /api/v1/surveys/:id/publications': SECRETARIAT,
  'GET /api/v1/surveys/:id/results': STAFF,
  'POST /api/v1/surveys/:id/imports': SECRETARIAT,
  'GET /api/v1/surveys/:id/imports/:import': SECRETARIAT,
  'PUT /api/v1/surveys/:id/imports/:import/mapping': SECRETARIAT,
  'POST /api/v1/surveys/:id/imports/:import/commits': SECRETARIAT,
  'GET /trivsel': STAFF,
  'GET /trivsel/ny': SECRETARIAT,
  'POST /trivsel/ny': SECRETARIAT,
  'GET /trivsel/:id': STAFF,
  'GET /trivsel/:id/ret': SECRETARIAT,
  'POST /trivsel/:id/ret': SECRETARIAT,
  'POST /trivsel/:id/send': SECRETARIAT,
  'POST /trivsel/:id/luk': SECRETARIAT,
  'POST /trivsel/:id/udgiv': SECRETARIAT,
  'GET /trivsel/:id/import': SECRETARIAT,
  'POST /trivsel/:id/import': SECRETARIAT,
  'GET /trivsel/:id/import/:import': SECRETARIAT,
  'POST /trivsel/:id/import/:import/kolonner': SECRETARIAT,
  'POST /trivsel/:id/import/:import/gennemfoer': SECRETARIAT,
  'GET /trivsel/svar/:token': PUBLIC,
  'POST /trivsel/svar/:token': PUBLIC,
  'GET /mit/trivsel': AGENT,
  'GET /api/v1/reports/completions': STAFF,
  'GET /api/v1/reports/attendance': STAFF,
  'GET /api/v1/reports/reading-time': STAFF,
  'GET /api/v1/reports/readiness': STAFF,
  'GET /api/v1/reports/quality': STAFF,
  'GET /rapporter/kvalitet': STAFF,
  'GET /api/v1/quality-overview': STAFF,
  'GET /kvalitet': STAFF,
  'GET /kvalitet/chart.svg': STAFF,
  'GET /kvalitet/agenter/:id': STAFF,
  'GET /kvalitet/agenter/:id/chart.svg': STAFF,
  'GET /kvalitet/retfaerdighed': STAFF,
  'GET /kvalitet/retfaerdighed/chart.svg': STAFF,
  'GET /mit/tal/chart.svg': AGENT_SIGNED_IN,
  'GET /api/v1/readiness': SIGNED_IN,
  'GET /api/v1/agents/:id/readiness': EVERYONE,
  'GET /api/v1/reading-requirements': EVERYONE,
  'POST /api/v1/readiness-overrides': STAFF,
  'DELETE /api/v1/readiness-overrides/:id': STAFF,
  'GET /api/v1/readiness-policy': STAFF,
  'PUT /api/v1/readiness-policy': SECRETARIAT,
  'GET /vagtklar': STAFF,
  'GET /vagtklar/vagter/:id': STAFF,
  'POST /vagtklar/vagter/:id/undtagelse': STAFF,
  'POST /vagtklar/vagter/:id/undtagelse/:override/fortryd': STAFF,
  'GET /indstillinger/vagtklar': SECRETARIAT,
  'POST /indstillinger/vagtklar': SECRETARIAT,
  'POST /mit/vises-ikke': AGENT,
  'POST /api/v1/figure-disputes': AGENT_SIGNED_IN,
  'GET /api/v1/figure-disputes': [...AGENT_SIGNED_IN, ...SECRETARIAT],
  'POST /api/v1/figure-disputes/:id/answers': SECRETARIAT,
  'GET /mit/tal': AGENT_SIGNED_IN,
  'POST /mit/tal/forkert': AGENT_SIGNED_IN,
  'GET /kvalitet/indsigelser': SECRETARIAT,
  'GET /kvalitet/indsigelser/:id': SECRETARIAT,
  'POST /kvalitet/indsigelser/:id/svar': SECRETARIAT,
  'GET /api/v1/quality-cases': STAFF,
  'GET /api/v1/quality-cases/:id': STAFF,
  'POST /api/v1/quality-cases/:id/closings': STAFF,
  'GET /kvalitet/sager': STAFF,
  'GET /kvalitet/sager/:id': STAFF,
  'POST /kvalitet/sager/:id/afslut': STAFF,
  'GET /api/v1/mails': SECRETARIAT,
  'GET /api/v1/mails/:id': SECRETARIAT,
  'POST /api/v1/mails/:id/retries': SECRETARIAT,
  'GET /health/live': PUBLIC,
  'GET /health/ready': PUBLIC,
  'GET /metrics': PUBLIC,
  'GET /': EVERYONE,
  'POST /sprog': PUBLIC,
  'GET /log-ind': PUBLIC,
  'POST /log-ind': PUBLIC,
  'POST /log-ind/link': PUBLIC,
  'GET /log-ind/link/:token': PUBLIC,
  'POST /log-ind/link/:token': PUBLIC,
  'GET /glemt-adgangskode': PUBLIC,
  'POST /glemt-adgangskode': PUBLIC,
  'GET /adgangskode/:token': PUBLIC,
  'POST /adgangskode/:token': PUBLIC,
  'POST /log-ud': EVERYONE,
  'GET /v/:token': PUBLIC,
  'POST /v/:token': PUBLIC,
  'POST /v/:token/nyt-link': PUBLIC,
  'GET /postkasse': PUBLIC,
  'GET /postkasse/:id': PUBLIC,
  'GET /postkasse/:id/html': PUBLIC,
  'GET /mit': AGENT,
  'GET /laer/:enrolment': LEARNER,
  'POST /laer/:enrolment': LEARNER,
  'POST /laer/:enrolment/genoptag': LEARNER,
  'GET /agenter': STAFF,
  'GET /agenter/ny': STAFF,
  'POST /agenter/ny': STAFF,
  'GET /agenter/:id': STAFF,
  'POST /agenter/:id/velkomstmail': STAFF,
  'POST /agenter/:id/link/tilbagekald': STAFF,
  'GET /e-laering': SECRETARIAT,
  'GET /e-laering/ny': SECRETARIAT,
  'POST /e-laering/ny': SECRETARIAT,
  'GET /e-laering/:id': SECRETARIAT,
  'POST /e-laering/:id/versioner': SECRETARIAT,
  'POST /e-laering/:id/pakker': SECRETARIAT,
  'POST /e-laering/:id/versioner/:version/proev': SECRETARIAT,
  'GET /e-laering/forsoeg/:attempt': SECRETARIAT,
  'POST /e-laering/:id/versioner/:version/godkend': SECRETARIAT,
  'POST /e-laering/:id/versioner/:version/udgiv': SECRETARIAT,
  'GET /e-laering/:id/deltagere': SECRETARIAT,
  'GET /e-laering/:id/deltagere/paamind': SECRETARIAT,
  'POST /e-laering/:id/deltagere/paamind': SECRETARIAT,
  'POST /e-laering/:id/deltagere/:enrolment/paamind': SECRETARIAT,
  'GET /rapporter': STAFF,
  'GET /rapporter/fremmoede': STAFF,
  'GET /rapporter/laesetid': STAFF,
  'POST /rapporter/gemte': STAFF,
  'POST /rapporter/gemte/:id/slet': STAFF,
  'GET /api/v1/users/:id': SECRETARIAT,
  'PATCH /api/v1/users/:id': SECRETARIAT,
  'GET /api/v1/users/:id/absences': SECRETARIAT,
  'POST /api/v1/users/:id/absences': SECRETARIAT,
  'DELETE /api/v1/users/:id/absences/:absence': SECRETARIAT,
  'PATCH /api/v1/municipalities/:code': SECRETARIAT,
  'PATCH /api/v1/municipalities/:code/memberships/:id': SECRETARIAT,
  ...importRoutes('/api/v1/user-imports', '/indstillinger/brugere/import', SECRETARIAT),
  ...importRoutes('/api/v1/agent-imports', '/agenter/import', STAFF),
  ...importRoutes('/api/v1/completion-imports', '/e-laering/gennemfoerelser', SECRETARIAT),
  'POST /api/v1/api-tokens': SECRETARIAT,
  'GET /api/v1/api-tokens': SECRETARIAT,
  'DELETE /api/v1/api-tokens/:id': SECRETARIAT,
  'POST /api/v1/readiness-subscriptions': SECRETARIAT,
  'GET /api/v1/readiness-subscriptions': SECRETARIAT,
  'DELETE /api/v1/readiness-subscriptions/:id': SECRETARIAT,
  'GET /api/v1/tasks': SECRETARIAT,
  'PUT /api/v1/tasks/:id/done': SECRETARIAT,
  'DELETE /api/v1/tasks/:id/done': SECRETARIAT,
  'GET /api/v1/audit-entries': SECRETARIAT,
  'GET /api/v1/people/:id/data-export': SIGNED_IN,
  'POST /api/v1/people/:id/erasures': SECRETARIAT,
  'PATCH /api/v1/agents/:id': STAFF,
  'POST /api/v1/agents/:id/departures': STAFF,
  'DELETE /api/v1/agents/:id/departures': STAFF,
  'POST /api/v1/agents/:id/transfers': SECRETARIAT,
  'DELETE /api/v1/agents/:id/transfers': SECRETARIAT,
  'POST /agenter/:id/flyt/fortryd': SECRETARIAT,
  'POST /api/v1/transfer-requests': LEADER,
  'GET /api/v1/transfer-requests': STAFF,
  'POST /api/v1/transfer-requests/:id/approvals': STAFF,
  'POST /api/v1/transfer-requests/:id/declines': STAFF,
  'GET /api/v1/course-versions/:id/publications/preview': SECRETARIAT,
  'POST /api/v1/enrolments/:id/waivers': SECRETARIAT,
  'DELETE /api/v1/enrolments/:id/waivers': SECRETARIAT,
  'POST /api/v1/enrolments/:id/completions': SECRETARIAT,
  'DELETE /api/v1/enrolments/:id/completions/:event': SECRETARIAT,
  'GET /api/v1/connections/:id': SECRETARIAT,
  'PATCH /api/v1/connections/:id': SECRETARIAT,
  'POST /api/v1/connections/:id/test-messages': SECRETARIAT,
  'POST /api/v1/connections/:id/secrets': SECRETARIAT,
  'POST /api/v1/inbox-messages/:id/assignments': SECRETARIAT,
  'POST /api/v1/inbox-messages/:id/replays': SECRETARIAT,
  'POST /api/v1/mails/:id/bounces': SECRETARIAT,
  'GET /opgaver': SECRETARIAT,
  'POST /opgaver/:id/faerdig': SECRETARIAT,
  'POST /opgaver/:id/aaben': SECRETARIAT,
  'GET /privatliv': PUBLIC,
  'GET /privatliv/mine-oplysninger': SIGNED_IN,
  'GET /privatliv/person/:id': SECRETARIAT,
  'POST /privatliv/person/:id/slet': SECRETARIAT,
  'GET /agenter/overflytninger': STAFF,
  'POST /agenter/overflytninger': LEADER,
  'POST /agenter/overflytninger/:id/godkend': STAFF,
  'POST /agenter/overflytninger/:id/afvis': STAFF,
  'GET /agenter/:id/ret': STAFF,
  'POST /agenter/:id/ret': STAFF,
  'POST /agenter/:id/fratraeder': STAFF,
  'POST /agenter/:id/fratraeder/fortryd': STAFF,
  'POST /agenter/:id/flyt': SECRETARIAT,
  'POST /agenter/:id/forloeb/:enrolment/gennemfoert': SECRETARIAT,
  'POST /agenter/:id/forloeb/:enrolment/gennemfoert/:event/fortryd': SECRETARIAT,
  'POST /agenter/:id/forloeb/:enrolment/dispensation': SECRETARIAT,
  'POST /agenter/:id/forloeb/:enrolment/dispensation/fortryd': SECRETARIAT,
  'GET /e-laering/:id/versioner/:version/udgiv': SECRETARIAT,
  'GET /indstillinger': SECRETARIAT,
  'GET /indstillinger/brugere': SECRETARIAT,
  'GET /indstillinger/brugere/ny': SECRETARIAT,
  'POST /indstillinger/brugere/ny': SECRETARIAT,
  'GET /indstillinger/brugere/:id': SECRETARIAT,
  'POST /indstillinger/brugere/:id': SECRETARIAT,
  'POST /indstillinger/brugere/:id/aktiv': SECRETARIAT,
  'POST /indstillinger/brugere/:id/fravaer': SECRETARIAT,
  'POST /indstillinger/brugere/:id/fravaer/:absence/slet': SECRETARIAT,
  'GET /indstillinger/kommuner': SECRETARIAT,
  'GET /indstillinger/kommuner/:code': SECRETARIAT,
  'POST /indstillinger/kommuner/:code/medlemskaber': SECRETARIAT,
  'POST /indstillinger/kommuner/:code/medlemskaber/:membership': SECRETARIAT,
  'POST /indstillinger/kommuner/:code/foersteleder': SECRETARIAT,
  'GET /indstillinger/adgangsnoegler': SECRETARIAT,
  'GET /indstillinger/modtagere': SECRETARIAT,
  'POST /indstillinger/modtagere': SECRETARIAT,
  'POST /indstillinger/modtagere/:id/afmeld': SECRETARIAT,
  'POST /indstillinger/adgangsnoegler': SECRETARIAT,
  'POST /indstillinger/adgangsnoegler/:id/tilbagekald': SECRETARIAT,
  'GET /indstillinger/forbindelser': SECRETARIAT,
  'POST /indstillinger/forbindelser': SECRETARIAT,
  'GET /indstillinger/forbindelser/:id': SECRETARIAT,
  'POST /indstillinger/forbindelser/:id': SECRETARIAT,
  'POST /indstillinger/forbindelser/:id/test': SECRETARIAT,
  'POST /indstillinger/forbindelser/:id/ny-noegle': SECRETARIAT,
  'GET /indstillinger/forbindelser/indbakke': SECRETARIAT,
  'GET /indstillinger/forbindelser/indbakke/:id': SECRETARIAT,
  'POST /indstillinger/forbindelser/indbakke/:id/tildel': SECRETARIAT,
  'POST /indstillinger/forbindelser/indbakke/:id/igen': SECRETARIAT,
  'GET /indstillinger/mails': SECRETARIAT,
  'GET /indstillinger/mails/:id': SECRETARIAT,
  'POST /indstillinger/mails/:id/igen': SECRETARIAT,
  'POST /indstillinger/mails/:id/retur': SECRETARIAT,
  'GET /indstillinger/revisionsspor': SECRETARIAT,
  'GET /onboardingdage/:id/fremmoede': SECRETARIAT,
  'POST /onboardingdage/:id/fremmoede': SECRETARIAT,
  'POST /onboardingdage/:id/fremmoede/uden-plads': SECRETARIAT,
  'GET /onboardingdage/:id/kode': SECRETARIAT,
  'GET /onboardingdage/:id/kode.svg': SECRETARIAT,
  'GET /onboardingdage/:id/deltagerliste.pdf': SECRETARIAT,
  'GET /onboardingdage/:id/navneskilte.pdf': SECRETARIAT,
  'GET /tjek-ind/:day/:code': PUBLIC,
  'POST /tjek-ind/:day': EVERYONE,
  'POST /api/v1/guides': SECRETARIAT,
  'GET /api/v1/guides': EVERYONE,
  'GET /api/v1/guides/:id': EVERYONE,
  'POST /api/v1/guides/:id/archivings': SECRETARIAT,
  'DELETE /api/v1/guides/:id/archivings': SECRETARIAT,
  'POST /api/v1/guides/:id/versions': SECRETARIAT,
  'POST /api/v1/guides/:id/version-previews': SECRETARIAT,
  'GET /api/v1/guides/:id/versions/:n': EVERYONE,
  'GET /api/v1/guides/:id/versions/:n/diff': EVERYONE,
  'POST /api/v1/guide-versions/:id/receipts': AGENT,
  'POST /api/v1/guide-versions/:id/withdrawals': SECRETARIAT,
  'GET /api/v1/agents/:id/skills': EVERYONE,
  'PUT /api/v1/agents/:id/skills': STAFF,
  'POST /api/v1/guide-images': SECRETARIAT,
  'POST /api/v1/guide-reports': LEARNER,
  'GET /api/v1/guide-reports': SECRETARIAT,
  'PUT /api/v1/guide-reports/:id/settled': SECRETARIAT,
  'DELETE /api/v1/guide-reports/:id/settled': SECRETARIAT,
  'GET /agenter/:id/emner': STAFF,
  'POST /agenter/:id/emner': STAFF,
  'GET /guides': EVERYONE,
  'GET /guides/ny': SECRETARIAT,
  'POST /guides/ny': SECRETARIAT,
  'GET /guides/billeder': SECRETARIAT,
  'POST /guides/billeder': SECRETARIAT,
  'GET /guides/billeder/:id': EVERYONE,
  'GET /guides/meld': LEARNER,
  'POST /guides/meld': LEARNER,
  'GET /guides/meldinger': SECRETARIAT,
  'POST /guides/meldinger/:id/afslut': SECRETARIAT,
  'POST /guides/meldinger/:id/aaben': SECRETARIAT,
  'GET /guides/:id': EVERYONE,
  'POST /guides/:id/arkiver': SECRETARIAT,
  'POST /guides/:id/tag-frem': SECRETARIAT,
  'GET /guides/:id/ny-version': SECRETARIAT,
  'POST /guides/:id/ny-version': SECRETARIAT,
  'GET /guides/:id/versioner/:n': EVERYONE,
  'POST /guides/:id/versioner/:n/laest': AGENT,
  'POST /guides/:id/versioner/:n/traek-tilbage': SECRETARIAT,
  'GET /api/v1/coaches': SECRETARIAT,
  'PUT /api/v1/coaches/:personId': SECRETARIAT,
  'DELETE /api/v1/coaches/:personId': SECRETARIAT,
  'POST /api/v1/quality-cases/:id/coaching-talks': SECRETARIAT,
  'PUT /api/v1/quality-cases/:id/talk-relevance': SECRETARIAT,
  'GET /api/v1/coaching-talks': STAFF,
  'GET /api/v1/coaching-talks/:id': SIGNED_IN,
  'PATCH /api/v1/coaching-talks/:id': STAFF,
  'POST /api/v1/coaching-talks/:id/answers': AGENT_SIGNED_IN,
  'GET /api/v1/coaching-talks/:id/next-step': AGENT_SIGNED_IN,
  'PUT /api/v1/coaching-talks/:id/next-step': AGENT_SIGNED_IN,
  'DELETE /api/v1/coaching-talks/:id/next-step': AGENT_SIGNED_IN,
  'GET /api/v1/coaching-statistics': SECRETARIAT,
  'GET /kvalitet/sparring': STAFF,
  'POST /kvalitet/sparring/partnere': SECRETARIAT,
  'POST /kvalitet/sparring/partnere/:id/fjern': SECRETARIAT,
  'GET /kvalitet/sparring/:id': STAFF,
  'POST /kvalitet/sparring/:id/tid': STAFF,
  'POST /kvalitet/sparring/:id/udfald': STAFF,
  'POST /kvalitet/sparring/:id/aflys': STAFF,
  'GET /kvalitet/sager/:id/sparring': SECRETARIAT,
  'POST /kvalitet/sager/:id/sparring': SECRETARIAT,
  'POST /kvalitet/sager/:id/sparring/ikke-relevant': SECRETARIAT,
  'GET /mit/samtaler': AGENT_SIGNED_IN,
  'GET /mit/samtaler/:id': AGENT_SIGNED_IN,
  'POST /mit/samtaler/:id/ja': AGENT_SIGNED_IN,
  'POST /mit/samtaler/:id/nej': AGENT_SIGNED_IN,
  'POST /mit/samtaler/:id/tider': AGENT_SIGNED_IN,
  'POST /mit/samtaler/:id/skridt': AGENT_SIGNED_IN,
  'POST /mit/samtaler/:id/skridt/slet': AGENT_SIGNED_IN,
  'GET /api/v1/quality-policy': SIGNED_IN,
  'PUT /api/v1/quality-policy': SECRETARIAT,
  'GET /api/v1/figures-agreements': SECRETARIAT,
  'PUT /api/v1/figures-agreements/:code': SECRETARIAT,
  'GET /api/v1/resolution-months': SECRETARIAT,
  'GET /api/v1/resolution-months/:month/preview': SECRETARIAT,
  'POST /api/v1/resolution-months/:month/closures': SECRETARIAT,
  'POST /api/v1/month-closings/:id/undoings': SECRETARIAT,
  'GET /kvalitet/politik': STAFF,
  'POST /kvalitet/politik': SECRETARIAT,
  'GET /kvalitet/aftaler': SECRETARIAT,
  'GET /kvalitet/aftaler/:code': SECRETARIAT,
  'POST /kvalitet/aftaler/:code': SECRETARIAT,
  'GET /kvalitet/maaneder': SECRETARIAT,
  'GET /kvalitet/maaneder/:month': SECRETARIAT,
  'POST /kvalitet/maaneder/:month/valg': SECRETARIAT,
  'POST /kvalitet/maaneder/:month/luk': SECRETARIAT,
  'POST /kvalitet/maaneder/:month/lukninger/:closing/fortryd': SECRETARIAT,
};

describe('authorization', () => {
  let app: TestApp;
  let world: World;
  let agentId: number;
  let enrolmentId: number;
  let tokens: Record<Caller, string | undefined>;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    const { body: agent } = await world.leader.post('/agents', anAgent());
    agentId = agent['id'];
    enrolmentId = (await world.leader.get(`/enrolments?agentId=${agentId}`)).body['items'][0].id;
    const { body: other } = await world.leader.post('/agents', anAgent({ email: 'anden.agent@ddh.test' }));
    await app.get(UnitOfWork).run((tx) => addPerson(app, tx, 'logger.ind@ddh.test', [], '751'));
    tokens = {
      anonymous: undefined,
      agent: await agentToken('anden.agent@ddh.test', other['personId']),
      link: await linkToken('anden.agent@ddh.test'),
      leader: world.leader.token,
      foreign: world.foreignLeader.token,
      secretariat: world.secretariat.token,
    };
  });
  afterAll(() => app.stop());

  /** The other agent of the same municipality gets a password to sign in with. */
  async function agentToken(email: string, personId: number): Promise<string> {
    await app
      .get(UnitOfWork)
      .run((tx) =>
        tx.query(
          "UPDATE person SET passwordHash = (SELECT h FROM (SELECT passwordHash AS h FROM person WHERE emailKey = 'logger.ind@ddh.test') x) WHERE id = ?",
          [personId],
        ),
      );
    return (await signIn(app, email)).token!;
  }

  /** The session cookie's JWT of the same agent, come by the personal link. */
  async function linkToken(email: string): Promise<string> {
    const browser = new Browser(app.url);
    await browser.visitAndSubmit(await personalLink(app, email));
    return browser.cookie('vk_session')!;
  }

  it('is stated for every route, and the matrix names no route that is not there', () => {
    const routes = routeTable(app).map((route) => `${route.method} ${route.path}`);
    expect(routes.sort()).toEqual(Object.keys(MATRIX).sort());
    expect(routeTable(app).filter((route) => route.access === undefined)).toEqual([]);
  });

  const cases = Object.entries(MATRIX).flatMap(([route, allowed]) =>
    PUBLIC.map(
      (caller) => [route, caller, allowed === 'signature' ? false : allowed.includes(caller)] as const,
    ),
  );
  // Signing out would end the session that the other cases need; identity.spec.ts tells that it works.
  const spared = (route: string, caller: Caller) => /logout|log-ud/.test(route) && caller !== 'anonymous';

  it.each(cases.filter(([route, caller]) => !spared(route, caller)))(
    '%s as %s: %s',
    async (route, caller, mayCall) => {
      const [method, pattern] = route.split(' ') as [string, string];
      const path = pattern
        .replace(':enrolment', pattern.startsWith('/laer') ? String(enrolmentId) : '999999')
        .replace(':membership', '999999')
        .replace(':personId', '999999')
        .replace(':agentId', String(agentId))
        .replace(':booking', '999999')
        .replace(':absence', '999999')
        .replace(':event', '999999')
        .replace(':override', '999999')
        .replace(':code', '751')
        .replace(':token', 'x')
        .replace(':connection', 'x')
        .replace(':version', '999999')
        .replace(':invitee', '999999')
        .replace(':import', '999999')
        .replace(':day', '999999')
        .replace(':month', '2026-08')
        .replace(':closing', '999999')
        .replace(':n', '1')
        .replace(':id', pattern.includes('agent') ? String(agentId) : '999999');
      const body = ['POST', 'PATCH', 'PUT'].includes(method) ? '{}' : undefined;
      const answer = await new Api(app, tokens[caller]).call(method, path, body);
      const code =
        (answer.body as { code?: string } | undefined)?.code ??
        /problem|Du har ikke adgang/.exec(answer.text)?.[0];
      if (MATRIX[route] === 'signature') return expect(answer.status).toBe(401);
      if (mayCall) {
        expect(answer.status).not.toBe(500);
        // Anonymous forms come without their token here, which is another matter (identity.spec.ts); a survey looks at nobody.
        const isNobody = caller === 'anonymous' || pattern.startsWith('/trivsel/svar/');
        if (!(method === 'POST' && isNobody)) expect([answer.status, code]).not.toContain(403);
        if (!path.startsWith('/api/v1/auth')) expect(answer.status).not.toBe(401);
        expect(answer.headers.get('location') ?? '').not.toContain('/log-ind?til');
      } else if (caller === 'anonymous') {
        expect(answer.status).toBe(path.startsWith('/api') ? 401 : 303);
        if (answer.status === 303) expect(answer.headers.get('location')).toContain('/log-ind?til');
      } else {
        expect(answer.status).toBe(403);
      }
    },
  );

  it.each(['', '/journey', '/readiness'])(
    'shows nothing of an agent%s to a foreign leader or another agent',
    async (part) => {
      for (const caller of ['foreign', 'agent', 'link'] as const)
        expect((await new Api(app, tokens[caller]).get(`/agents/${agentId}${part}`)).status).toBe(404);
      expect((await new Api(app, tokens.leader).get(`/agents/${agentId}${part}`)).status).toBe(200);
    },
  );

  it('shows nothing of a foreign municipality in any list, page or export', async () => {
    const { body: agent } = await world.secretariat.get(`/agents/${agentId}`);
    const foreign = new Api(app, tokens.foreign);
    const paths = [
      '/api/v1/agents',
      '/api/v1/agents?municipality=751',
      `/api/v1/agents?q=${agent['email']}`,
      `/api/v1/agents?leaderId=${world.leaderId}`,
      '/api/v1/enrolments',
      `/api/v1/enrolments?agentId=${agentId}`,
      `/api/v1/enrolments?personId=${agent['personId']}`,
      '/api/v1/reports/completions',
      '/api/v1/reports/completions?municipality=751',
      `/api/v1/reports/completions?leaderId=${world.leaderId}`,
      '/api/v1/reports/completions?format=csv',
      '/',
      '/agenter',
      '/agenter?municipality=751',
      '/agenter/ny',
      '/rapporter',
      '/rapporter?municipality=751',
      '/onboardingdage',
      '/vagter',
      '/vagter/ny',
      '/api/v1/shifts',
      '/vagtklar',
      '/vagtklar?municipality=751',
      '/api/v1/readiness',
      '/api/v1/readiness?municipality=751',
      '/api/v1/readiness?format=csv',
      '/api/v1/reading-requirements',
      '/api/v1/reports/readiness',
      '/api/v1/reports/quality',
      '/api/v1/reports/quality?municipality=751',
      '/api/v1/quality-overview',
      '/rapporter/kvalitet',
      '/kvalitet',
    ];
    for (const path of paths) {
      const answer = await foreign.call('GET', path);
      expect({ path, status: answer.status }).toEqual({ path, status: 200 });
      expect(answer.text).not.toContain(agent['email']);
      expect(answer.text).not.toContain(agent['lastName']);
    }
    for (const path of [`/agenter/${agentId}`, `/laer/${enrolmentId}`, `/onboardingdage/agent/${agentId}`])
      expect((await foreign.call('GET', path)).status).toBe(404);
    expect((await foreign.post(`/agents/${agentId}/welcome-mails`)).status).toBe(404);
  });

  it('shows an agent the own enrolments and no others', async () => {
    for (const caller of ['agent', 'link'] as const) {
      const { items } = (await new Api(app, tokens[caller]).get('/enrolments')).body;
      expect(items).toHaveLength(1);
      expect((await new Api(app, tokens[caller]).call('GET', `/laer/${enrolmentId}`)).status).toBe(404);
      expect((await new Api(app, tokens[caller]).call('GET', `/laer/${items[0].id}`)).status).toBe(200);
    }
  });

  it('gives somebody who came by a link the own record only, whatever other roles the person holds', async () => {
    await new Api(app, tokens.foreign).post('/agents', anAgent({ email: 'leder.615@ddh.test' }));
    const link = new Api(app, await linkToken('leder.615@ddh.test'));
    const me = (await link.get('/me')).body;
    expect(me['roles']).toEqual(['leader', 'agent']);
    expect((await link.get(`/agents/${me['agentId']}`)).status).toBe(200);
    const { items } = (await link.get('/enrolments')).body;
    expect(items.every((item: { personId: number }) => item.personId === me['personId'])).toBe(true);
    const { body: colleague } = await new Api(app, tokens.foreign).post('/agents', anAgent());
    expect((await link.get(`/agents/${colleague['id']}`)).status).toBe(404);
    expect((await link.get('/agents')).status).toBe(403);
  });

  it('lets nobody change the account of a leader elsewhere by registering an agent', async () => {
    const agent = anAgent({ email: 'leder.751@ddh.test', firstName: 'Kapret', phone: '12 34 56 78' });
    const foreign = await new Api(app, tokens.foreign).post('/agents', agent);
    expect(foreign).toMatchObject({ status: 409, body: { code: 'agent_known_elsewhere' } });
    const own = await new Api(app, tokens.leader).post('/agents', agent);
    expect(own).toMatchObject({ status: 201, body: { firstName: 'Test', phone: null } });
  });

  it('does not take a cookie for a bearer token because another Authorization header is there', async () => {
    const answer = await fetch(`${app.url}/agenter/${agentId}/velkomstmail`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: 'Basic eDp5', cookie: `vk_session=${tokens.leader}` },
    });
    expect(answer.status).toBe(403);
  });

  it('lets a leader register in the own municipality only', async () => {
    const answer = await new Api(app, tokens.foreign).post('/agents', anAgent({ municipalityCode: '751' }));
    expect(answer.status).toBe(422);
  });
});
