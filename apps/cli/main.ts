import { Command } from 'commander';
import { failToStart } from '#composition/startup-failure.js';
import { copyLogVerb } from './copy-log.js';
import { documentVerb } from './document.js';
import { exportVerb } from './export.js';
import { handoverVerb } from './handover.js';
import { historyVerb } from './history.js';
import { importVerb } from './import.js';
import { loadVerb } from './load.js';
import { migrateVerb } from './migrate.js';
import { projectionsVerb } from './projections.js';
import { replayVerb } from './replay.js';
import { tokenVerb } from './token.js';
import { verifyVerb } from './verify.js';
import { verifyExportVerb } from './verify-export.js';

const mindet = new Command('mindet')
  .description('Works on the same data as the service, beside it or without it. Configured by the same environment variables.')
  .showHelpAfterError()
  .addCommand(migrateVerb())
  .addCommand(loadVerb())
  .addCommand(tokenVerb())
  .addCommand(projectionsVerb())
  .addCommand(handoverVerb())
  .addCommand(historyVerb())
  .addCommand(replayVerb())
  .addCommand(documentVerb())
  .addCommand(exportVerb())
  .addCommand(importVerb())
  .addCommand(verifyVerb())
  .addCommand(verifyExportVerb())
  .addCommand(copyLogVerb());

await mindet.parseAsync().catch(failToStart);
