import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Open } from '../access/declared-access.js';
import { PROBLEMS, type ProblemKind } from './catalogue.js';
import { Problem } from './problem.js';

type Page = ProblemKind & { readonly type: string; readonly code: string };

const pageOf = (code: string, { status, title }: ProblemKind): Page => ({ type: `/problems/${code}`, code, status, title });

/** What the types of problems mean: each type is the address of its page. */
@Controller('problems')
@Open()
@ApiExcludeController()
export class ProblemPagesController {
  @Get()
  all(): { items: Page[] } {
    return { items: [...PROBLEMS].map(([code, kind]) => pageOf(code, kind)) };
  }

  @Get(':code')
  one(@Param('code') code: string): Page {
    const kind = PROBLEMS.get(code);
    if (!kind) throw new Problem('ROUTE_UNKNOWN', 'No problem has this code.');
    return pageOf(code, kind);
  }
}
