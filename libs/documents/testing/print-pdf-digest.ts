import { createHash } from 'node:crypto';
import { LANGUAGES } from '#domain/vocabulary.js';
import { renderPdf } from '../pdf.js';
import { sampleDocument } from './sample-document.js';

/** Prints the digest of the sample document in each language: what another process makes of the same. */
for (const language of LANGUAGES) console.log(createHash('sha256').update(await renderPdf(sampleDocument(language))).digest('hex'));
