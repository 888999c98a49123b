/** An error the fake answers with: AWS's own code and, where the SDK's schemas do not tell it, the HTTP status. */
export class AwsFault extends Error {
  override readonly name = "AwsFault";
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Nothing of that name: 404 as IAM answers it. */
export function noSuchEntity(what: string, name: string): AwsFault {
  return new AwsFault("NoSuchEntity", `The ${what} with name ${name} cannot be found.`, 404);
}

/** Something still hangs on it: 409 as IAM answers it. */
export function deleteConflict(why: string): AwsFault {
  return new AwsFault("DeleteConflict", `Cannot delete entity, ${why}`, 409);
}

/** There is one already: 409. */
export function alreadyExists(what: string, name: string): AwsFault {
  return new AwsFault("EntityAlreadyExists", `${what} with name ${name} already exists.`, 409);
}

/** A value AWS refuses. */
export function validationError(message: string): AwsFault {
  return new AwsFault("ValidationError", message, 400);
}
