/**
 * Why a message could not be delivered, as far as the other side said:
 * `refused` for good; `busy` for now; `unreachable` at all. Anything else that is thrown is a fault of ours.
 */
export type FailureKind = 'refused' | 'busy' | 'unreachable' | 'fault';

/** Thrown by handlers. `message` is stored and shown to organisers: no addresses or bodies in it. */
export class DeliveryFailure extends Error {
  /** Of a refused recipient: why, as far as the server said (RFC 3463): "5.1.1". */
  readonly status: string | null;

  constructor(
    readonly kind: FailureKind,
    message: string,
    options: ErrorOptions & { readonly status?: string | null } = {},
  ) {
    super(message, options);
    this.status = options.status ?? null;
    this.name = 'DeliveryFailure';
  }
}

export function failureKindOf(error: unknown): FailureKind {
  return error instanceof DeliveryFailure ? error.kind : 'fault';
}
