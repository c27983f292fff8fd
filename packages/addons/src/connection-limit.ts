import { addOnsError } from './errors.js'

/** Connections of an add-on, up to what its plan allows. */
export class ConnectionLimit {
  /** Connections that are open. */
  open = 0

  /**
   * @param max connections that the plan allows
   * @param refusal error message that a client gets beyond that
   */
  constructor(
    readonly max: number,
    private readonly refusal: string,
  ) {}

  /** Opens a connection. Returns null, or the error message when there are too many. */
  connect(): string | null {
    if (this.open >= this.max) return this.refusal
    this.open += 1
    return null
  }

  /**
   * Closes `count` connections.
   *
   * @throws `ADDONS_NOT_CONNECTED` when fewer are open
   */
  disconnect(count = 1): void {
    if (!(Number.isInteger(count) && count >= 0 && count <= this.open)) {
      throw addOnsError(
        'ADDONS_NOT_CONNECTED',
        `${count} connections were to be closed, but ${this.open} are open.`,
      )
    }
    this.open -= count
  }
}
