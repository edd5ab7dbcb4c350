import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/internal';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from './declared-access.js';

/** The service does not start while a route leaves open who may use it. */
@Injectable()
export class EveryRouteDeclares implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    const silent = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, () => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => {
          const handler = prototype[name]!;
          const isRoute = Reflect.hasMetadata(PATH_METADATA, handler);
          return isRoute && this.reflector.getAllAndOverride(ACCESS, [handler, metatype]) === undefined;
        })
        .map((name) => `${metatype.name}.${name}`);
    });
    if (silent.length > 0) throw new Error(`these routes do not declare who may use them: ${silent.join(', ')}`);
  }
}
