/** What streams of events may cost. Also the token by which Nest injects it. */
export class LiveLimits {
  /** Streams open at once, of everybody and of one subject. */
  readonly streams: number = 200;
  readonly streamsOfOne: number = 10;
  /** Milliseconds between signs of life: proxies give up on connections that stay silent for long. */
  readonly heartbeat: number = 15_000;
  /** Milliseconds after which a reader who takes nothing is let go; it may come back by Last-Event-ID. */
  readonly patience: number = 60_000;
}
