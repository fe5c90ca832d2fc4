import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { ImportQueries } from '../../imports/index.js';
import { FigureAliases } from './figure-aliases.js';
import { invalidFields } from './invalid-fields.js';
import { MatchableAgents } from './matchable-agents.queries.js';
import { UnknownAgents } from './unknown-agents.queries.js';

const KIND = 'resolution';
const [SHOWN_NAMES, SHOWN_AGENTS] = [50, 50];
const aliasKey = z.string().max(200);
const query = z.object({
  navn: aliasKey.optional().catch(undefined),
  q: z.string().max(100).optional().catch(undefined),
});
type Asked = z.output<typeof query>;
const matched = z.object({
  navn: aliasKey,
  choice: z.enum(['agent', 'ignore']).default('agent'),
  agentId: id.optional(),
});

/** Names in a file of figures that Vagtklar does not know: somebody says once whom they mean. */
@Controller('kvalitet/import/:id/navne')
@Roles('secretariat')
export class UnknownAgentsPages {
  constructor(
    private readonly imports: ImportQueries,
    private readonly unknown: UnknownAgents,
    private readonly agents: MatchableAgents,
    private readonly aliases: FigureAliases,
  ) {}

  @Get()
  @Page('quality/names')
  async show(
    @Param('id', { schema: id }) importId: number,
    @Query({ schema: query }) asked: Asked,
    @Current() principal: Principal,
  ) {
    return this.model(importId, principal, blankForm(), asked);
  }

  @Post()
  @Page('quality/names')
  async answer(
    @Param('id', { schema: id }) importId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    await this.imports.find(KIND, importId, principal);
    try {
      const { navn, choice, agentId } = parseForm(matched, body);
      if (choice === 'agent' && agentId === undefined)
        throw invalidFields([{ field: 'agentId', code: 'required' }]);
      const answer = { aliasKey: navn, agentId: choice === 'ignore' ? null : agentId! };
      await this.aliases.answer(importId, answer, principal);
      const done = answer.agentId === null ? 'name_ignored' : 'name_matched';
      return new SeeOther(`/kvalitet/import/${importId}/navne${queryString({ done })}`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      const asked = { navn: form.values['navn'], q: form.values['q'] };
      return new PageReply(await this.model(importId, principal, form, asked), 400);
    }
  }

  /** The names, or the agents to choose from for one of them. */
  private async model(importId: number, principal: Principal, form: FormModel, { navn, q }: Asked) {
    const job = await this.imports.find(KIND, importId, principal);
    const names = await this.unknown.names(importId);
    const isOpen = job.state === 'ready';
    const chosen = isOpen ? names.find(({ aliasKey: key }) => key === navn) : undefined;
    const linked = names.map((name) => ({ ...name, query: queryString({ navn: name.aliasKey }) }));
    const waiting = linked.filter(({ isIgnored }) => !isIgnored);
    return {
      job,
      form,
      isOpen,
      chosen,
      q,
      waiting: waiting.slice(0, SHOWN_NAMES),
      more: Math.max(0, waiting.length - SHOWN_NAMES),
      ignored: linked.filter(({ isIgnored }) => isIgnored),
      ...(chosen ? await this.choices(chosen.text, q) : {}),
    };
  }

  /** Without a search those whose name is like the one in the file come first. */
  private async choices(text: string, q: string | undefined) {
    const found = await this.agents.search(q, text, SHOWN_AGENTS + 1);
    return {
      choices: found.slice(0, SHOWN_AGENTS).map(({ agentId, name, municipalityName }) => ({
        value: String(agentId),
        label: municipalityName ? `${name}, ${municipalityName}` : name,
      })),
      hasMore: found.length > SHOWN_AGENTS,
    };
  }
}
