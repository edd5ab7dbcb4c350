import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiProperty } from '@nestjs/swagger';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { CommandAnswer } from '#commands/command-context.js';

/** How every command is answered. */
export class Answered {
  @ApiProperty({ description: 'Of the thing that the command is about', example: 'csto-2024.2' })
  id!: string;

  @ApiProperty({ type: 'integer', minimum: 0, description: 'The thing’s revision now: the number of its events less one', example: 3 })
  revision!: number;

  @ApiProperty({ description: 'Where in the log the thing changed last; `minPosition` of a read waits for it', example: '1042' })
  position!: string;
}

/** The collection in which a thing has its own address, as `/v1/priorities`. */
export type Collection = `/v1/${string}`;
const MADE_IN = 'mindet:made-in';

/** The route makes a thing, which then has an address in this collection. */
export const MakesIn = (collection: Collection) => SetMetadata(MADE_IN, collection);

/** Writes the headers of a command's answer. */
@Injectable()
export class CommandAnswerInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<CommandAnswer>): Observable<Answered> {
    const collection = this.reflector.get<Collection | undefined>(MADE_IN, context.getHandler());
    return next.handle().pipe(
      map(({ id, revision, position }) => {
        const response = context.switchToHttp().getResponse<Response>();
        response.set({ ETag: `"${revision}"`, 'Log-Position': position });
        if (collection) response.set('Location', `${collection}/${id}`);
        return { id, revision, position };
      }),
    );
  }
}
