/**
 * The few errors a service may throw on purpose. Each is mapped to an RFC 9457 problem document in one place,
 * `http/problem.ts`; anything else that is thrown becomes a 500 whose cause stays in the log and the trace.
 */

/** One field of the input that was refused; `field` is a path such as `lines.0.quantity`. */
export interface FieldError {
  field: string;
  message: string;
}

interface ProblemOptions {
  cause?: unknown;
  errors?: readonly FieldError[];
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** Further members of the problem document (RFC 9457, section 3.2). */
  extensions?: Readonly<Record<string, unknown>>;
}

/** `code` ends the problem's stable type, `urn:mall:problem:<code>`; the message says what to do. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly retryAfter: number | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, detail: string, options: ProblemOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = new.target.name;
    this.status = status;
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
    this.extensions = options.extensions ?? {};
  }
}

/** The request cannot be read at all: malformed JSON, an unusable parameter. */
export class BadRequest extends Problem {
  constructor(detail: string, errors: readonly FieldError[] = [], cause?: unknown) {
    super(400, "bad-request", detail, { errors, cause });
  }
}

/** The request was read, but a field holds what the rules forbid. */
export class InvalidInput extends Problem {
  constructor(detail: string, errors: readonly FieldError[] = [], code = "invalid-input") {
    super(422, code, detail, { errors });
  }
}

/** The card, or whoever pays, refused. Nothing was taken. */
export class PaymentRefused extends Problem {
  constructor(code: string, detail: string, options: ProblemOptions = {}) {
    super(402, code, detail, options);
  }
}

export class NotFound extends Problem {
  constructor(detail: string, code = "not-found") {
    super(404, code, detail);
  }
}

/** The request is fine, but the state of the world has changed under it: sold out, another price, already done. */
export class Conflict extends Problem {
  constructor(code: string, detail: string, options: ProblemOptions = {}) {
    super(409, code, detail, options);
  }
}

/** A dependency answered, but not with anything usable. */
export class BadGateway extends Problem {
  constructor(detail: string, cause?: unknown) {
    super(502, "bad-gateway", detail, { cause });
  }
}

/** A dependency, or this service itself, cannot serve right now; trying again later is right. */
export class Unavailable extends Problem {
  constructor(detail: string, options: { cause?: unknown; retryAfter?: number } = {}) {
    super(503, "unavailable", detail, { retryAfter: 1, ...options });
  }
}

/** There are more requests than the service can work on. It has done nothing for this one. */
export class Overloaded extends Unavailable {
  constructor() {
    super("The service is busy. Try again in a second.");
  }
}

/** The time that the caller gave has run out. What was asked may or may not have happened. */
export class DeadlineExceeded extends Problem {
  constructor(detail: string, cause?: unknown) {
    super(504, "deadline-exceeded", detail, { cause });
  }
}
