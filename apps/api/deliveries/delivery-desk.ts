import type { ChannelSecrets } from '#delivery/channel-secrets.js';
import type { WebhookRules } from '#delivery/webhook/target.js';

/** What the doors of channels need to know. Also the token by which Nest injects it. */
export abstract class DeliveryDesk {
  abstract readonly secrets: ChannelSecrets;
  abstract readonly rules: WebhookRules;
}
