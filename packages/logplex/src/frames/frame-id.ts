import { RequestIdentity } from '../channel/request-identity.js'

/**
 * The name of a body that an HTTPS drain posts: 32 upper-case hexadecimal digits. It is computed from
 * the drain's token and the number of the body, so equal ones give equal names.
 *
 * @param number counts the bodies of a drain from 0; a body that is sent again keeps its number
 */
export function frameId(token: string, number: number): string {
  return new FrameIds(token).of(number)
}

/** The names of the bodies of one drain. */
export class FrameIds {
  private readonly identity: RequestIdentity

  constructor(token: string) {
    this.identity = new RequestIdentity(`${token}/frames`)
  }

  of(number: number): string {
    return this.identity.uuid(number).replaceAll('-', '').toUpperCase()
  }
}
