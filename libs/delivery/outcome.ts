/** What became of one attempt. The detail is for operators: it never tells a secret. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly detail: string }
  /** The same may work later, at the earliest after so many seconds. */
  | { readonly kind: 'retry'; readonly detail: string; readonly afterSeconds?: number }
  /** The same will not work. */
  | { readonly kind: 'refused'; readonly detail: string };

export const delivered = (detail: string): Outcome => ({ kind: 'delivered', detail });
export const retry = (detail: string, afterSeconds?: number): Outcome => ({ kind: 'retry', detail, ...(afterSeconds !== undefined && { afterSeconds }) });
export const refused = (detail: string): Outcome => ({ kind: 'refused', detail });
