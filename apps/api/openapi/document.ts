import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { exampleOf, type Schema } from './examples.js';
import { PROBLEM_SCHEMA, problemExamples } from './problem-responses.js';
import { problemSchema } from './problem-schema.js';

const DESCRIPTION = `
The agenda of a chairmanship as commitments that can be followed: who proposed what, who agreed to it under which decision,
who carries it, and how far each state and body says it is.

Commands change things and are answered with the new revision and the position in the log. A command may be sent again
with the same \`Idempotency-Key\`. Problems are documents of RFC 9457 with a stable \`code\`; \`GET /problems\` lists them all.
`.trim();

type Content = Record<string, { schema?: Schema; example?: unknown; examples?: unknown }>;

/** The whole interface in OpenAPI 3.1, with an example of every body. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Mindet')
    .setDescription(DESCRIPTION)
    .setVersion('v1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Claims: `sub`, `role`, and `state` of a liaison or `body` of a body' })
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = (document.components!.schemas ??= {});
  // A body is refused for a field that its class does not declare.
  for (const schema of Object.values(schemas)) Object.assign(schema, { additionalProperties: false });
  schemas[PROBLEM_SCHEMA] = problemSchema;
  document.components!.examples = problemExamples();
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item as Record<string, { requestBody?: { content?: Content }; responses?: Record<string, { content?: Content }> }>)) {
      exemplify(operation.requestBody?.content, document);
      for (const response of Object.values(operation.responses ?? {})) exemplify(response.content, document);
    }
  }
  return document;
}

function exemplify(content: Content | undefined, document: OpenAPIObject): void {
  for (const media of Object.values(content ?? {})) {
    if (media.schema && media.example === undefined && media.examples === undefined) media.example = exampleOf(media.schema, document);
  }
}
